// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/region.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace geneglass {
namespace {

/// Copies what tile and picture share; the picture's corner lies at (x, y) of the level.
void copyOverlap(const Image& tile, int64_t tileX, int64_t tileY, Image& picture, int64_t x, int64_t y) {
  const int64_t left = std::max(tileX, x);
  const int64_t right = std::min(tileX + tile.width, x + picture.width);
  const int64_t top = std::max(tileY, y);
  const int64_t bottom = std::min(tileY + tile.height, y + picture.height);
  if (left >= right) return;
  for (int64_t row = top; row < bottom; ++row)
    std::copy_n(&tile.pixels[static_cast<size_t>((row - tileY) * tile.width + left - tileX)], right - left,
                &picture.pixels[static_cast<size_t>((row - y) * picture.width + left - x)]);
}

/// Whole source pixels [first, last), the outer two of which may count in part.
struct Span {
  int64_t first = 0;
  int64_t last = 0;
  float firstWeight = 0;
  float lastWeight = 0;
  float inverseLength = 0;

  /// The weights of one span add up to 1.
  float weight(int64_t pixel) const {
    const float part = pixel == first ? firstWeight : pixel == last - 1 ? lastWeight : 1.0f;
    return part * inverseLength;
  }
};

/// Edges this near to a whole pixel are on it: no tile is read for a sliver nobody sees.
double snapped(double edge) {
  const double whole = std::round(edge);
  return std::abs(edge - whole) < 1e-4 ? whole : edge;
}

Span spanOf(double from, double to) {
  Span span;
  span.first = static_cast<int64_t>(std::floor(from));
  span.last = std::max(span.first + 1, static_cast<int64_t>(std::ceil(to)));
  const bool single = span.last == span.first + 1;
  span.firstWeight = static_cast<float>(single ? to - from : static_cast<double>(span.first + 1) - from);
  span.lastWeight = static_cast<float>(to - static_cast<double>(span.last - 1));
  span.inverseLength = static_cast<float>(1 / (to - from));
  return span;
}

/// One output pixel after another along one axis, in pixels of the source level.
std::vector<Span> spansAlong(double from, double length, int count) {
  std::vector<Span> spans(static_cast<size_t>(count));
  const bool snaps = length / count > 0.01;
  double edge = from;
  for (int i = 0; i < count; ++i) {
    const double exact = from + length * (i + 1) / count;
    const double next = snaps ? snapped(exact) : exact;
    spans[static_cast<size_t>(i)] = spanOf(edge, next);
    edge = next;
  }
  return spans;
}

/// sums += weight * the bytes of one row.
void addRow(const uint32_t* row, size_t pixels, float weight, float* sums) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(row);
  for (size_t i = 0; i < 4 * pixels; ++i) sums[i] += weight * static_cast<float>(bytes[i]);
}

uint32_t packed(const float* channels) {
  uint32_t pixel = 0;
  for (int i = 0; i < 4; ++i) pixel |= static_cast<uint32_t>(std::min(channels[i] + 0.5f, 255.0f)) << (8 * i);
  return pixel;
}

/// One output row out of sums over source columns from `origin` on; four floats a column.
void gatherRow(const float* sums, int64_t origin, const std::vector<Span>& columns, uint32_t* row) {
  for (size_t i = 0; i < columns.size(); ++i) {
    const Span& span = columns[i];
    float total[4] = {0, 0, 0, 0};
    const float* source = sums + 4 * (span.first - origin);
    for (int64_t pixel = span.first; pixel < span.last; ++pixel, source += 4) {
      const float weight = span.weight(pixel);
      for (int channel = 0; channel < 4; ++channel) total[channel] += weight * source[channel];
    }
    row[i] = packed(total);
  }
}

/// Source rows from top to bottom, read a band at a time, so that a whole slide never lies in memory at once.
class Bands final {
 public:
  Bands(const Slide& slide, const TileSource& source, int level, int64_t x, int width, int64_t bottom)
      : m_slide(slide), m_source(source), m_level(level), m_x(x), m_width(width), m_bottom(bottom) {}

  /// `y` may not lie above the band of the row asked for before.
  Result<const uint32_t*> row(int64_t y) {
    if (m_band.height == 0 || y >= m_y + m_band.height) {
      const int64_t tile = m_slide.levels[static_cast<size_t>(m_level)].tile.height;
      const int64_t edge = y >= 0 ? (y / tile + 1) * tile : std::min(y + tile, int64_t{0});
      const int height = static_cast<int>(std::min(edge, m_bottom) - y);
      Result<Image> band = readLevelRegion(m_slide, m_source, m_level, m_x, y, m_width, height);
      if (!band) return tl::unexpected(band.error());
      m_band = std::move(*band);
      m_y = y;
    }
    return &m_band.pixels[static_cast<size_t>(y - m_y) * static_cast<size_t>(m_width)];
  }

 private:
  const Slide& m_slide;
  const TileSource& m_source;
  const int m_level;
  const int64_t m_x;
  const int m_width;
  const int64_t m_bottom;
  int64_t m_y = 0;
  Image m_band;
};

/// Columns first come as they are, rows are summed, then each sum is shared out: two passes, each a plain
/// loop.
Result<Image> resampled(Bands& bands, const std::vector<Span>& columns, const std::vector<Span>& rows) {
  const int64_t origin = columns.front().first;
  const auto width = static_cast<size_t>(columns.back().last - origin);
  Image picture(static_cast<int>(columns.size()), static_cast<int>(rows.size()));
  std::vector<float> sums(4 * width);
  std::vector<uint32_t> previous(width);  // the row read last: a span may share it with the one before
  int64_t previousY = rows.front().first - 1;
  for (size_t j = 0; j < rows.size(); ++j) {
    std::fill(sums.begin(), sums.end(), 0.0f);
    for (int64_t y = rows[j].first; y < rows[j].last; ++y) {
      if (y != previousY) {
        Result<const uint32_t*> row = bands.row(y);
        if (!row) return tl::unexpected(row.error());
        std::copy_n(*row, width, previous.begin());
        previousY = y;
      }
      addRow(previous.data(), width, rows[j].weight(y), sums.data());
    }
    gatherRow(sums.data(), origin, columns, &picture.pixels[j * columns.size()]);
  }
  return picture;
}

tl::unexpected<Error> damagedTile(const Slide& slide, const Tile& tile) {
  if (!tile.damage.empty()) return fail(tile.damage);
  return fail(fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': it is damaged.",
                          tile.key.level, tile.key.column, tile.key.row, slide.file.string()));
}

tl::unexpected<Error> emptyRegion(const Slide& slide) {
  return fail(fmt::format("Cannot read a region without pixels of '{}'.", slide.file.string()));
}

bool isWhole(double number) {
  return number == std::round(number);
}

}  // namespace

Result<Image> readLevelRegion(const Slide& slide, const TileSource& source, int level, int64_t x, int64_t y,
                              int width, int height) {
  if (width <= 0 || height <= 0 || level < 0 || level >= static_cast<int>(slide.levels.size()))
    return emptyRegion(slide);
  const Level& facts = slide.levels[static_cast<size_t>(level)];
  Image picture(width, height);
  const int64_t right = std::min(x + width, facts.size.width);
  const int64_t bottom = std::min(y + height, facts.size.height);
  for (int64_t row = std::max<int64_t>(y, 0) / facts.tile.height; row * facts.tile.height < bottom; ++row) {
    for (int64_t column = std::max<int64_t>(x, 0) / facts.tile.width; column * facts.tile.width < right;
         ++column) {
      const Result<TilePtr> tile = source.read({level, static_cast<int>(column), static_cast<int>(row)});
      if (!tile) return tl::unexpected(tile.error());
      if ((*tile)->damaged) return damagedTile(slide, **tile);
      copyOverlap((*tile)->image, column * facts.tile.width, row * facts.tile.height, picture, x, y);
    }
  }
  return picture;
}

Result<Image> readRegion(const Slide& slide, const TileSource& source, const Rect& area, int width,
                         int height) {
  const bool finite = std::isfinite(area.x) && std::isfinite(area.y) && std::isfinite(area.right()) &&
                      std::isfinite(area.bottom());
  if (!finite || area.isEmpty() || width <= 0 || height <= 0) return emptyRegion(slide);
  const int level = slide.levelFor(std::min(area.width / width, area.height / height));
  const double downsample = slide.levels[static_cast<size_t>(level)].downsample;
  const double x = snapped(area.x / downsample);
  const double y = snapped(area.y / downsample);
  const double sourceWidth = snapped(area.right() / downsample) - x;
  const double sourceHeight = snapped(area.bottom() / downsample) - y;
  if (sourceWidth == width && sourceHeight == height && isWhole(x) && isWhole(y))
    return readLevelRegion(slide, source, level, static_cast<int64_t>(x), static_cast<int64_t>(y), width,
                           height);
  const std::vector<Span> columns = spansAlong(x, sourceWidth, width);
  const std::vector<Span> rows = spansAlong(y, sourceHeight, height);
  const int64_t left = columns.front().first;
  Bands bands(slide, source, level, left, static_cast<int>(columns.back().last - left), rows.back().last);
  return resampled(bands, columns, rows);
}

}  // namespace geneglass
