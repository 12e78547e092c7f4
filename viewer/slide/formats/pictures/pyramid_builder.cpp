// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/pyramid_builder.h"

#include <algorithm>
#include <utility>

#include "viewer/foundation/halved_pixels.h"
#include "viewer/foundation/pixel.h"
#include "viewer/slide/formats/pictures/pyramid_levels.h"

namespace geneglass {
namespace {

int rowsOfBand(const Level& level, int64_t top) {
  return static_cast<int>(std::min<int64_t>(level.tile.height, level.size.height - top));
}

}  // namespace

PyramidBuilder::PyramidBuilder(std::vector<Level> levels, std::function<void(Tile)> emit)
    : m_levels(std::move(levels)), m_emit(std::move(emit)) {
  for (const Level& level : m_levels) {
    Band& band = m_bands.emplace_back();
    band.image = Image(static_cast<int>(level.size.width), rowsOfBand(level, 0));
  }
}

void PyramidBuilder::add(Image rows, const std::vector<LostRows>& lost, const std::string& reason) {
  for (const LostRows& each : lost) {
    const auto width = static_cast<std::ptrdiff_t>(rows.width);
    std::fill_n(rows.pixels.begin() + each.first * width, each.count * width, 0);
    const int64_t top = m_rows + each.first;
    if (m_losses.empty() || m_losses.back().bottom != top) m_losses.push_back({top, top, reason});
    m_losses.back().bottom = top + each.count;
  }
  m_rows += rows.height;
  addTo(0, rows.pixels.data(), rows.height);
}

void PyramidBuilder::endEarly(const std::string& reason) {
  const auto width = static_cast<int>(m_levels.front().size.width);
  while (m_rows < m_levels.front().size.height) add(Image(width, 1), {{0, 1}}, reason);
}

void PyramidBuilder::addTo(size_t level, const uint32_t* rows, int count) {
  const auto width = static_cast<size_t>(m_levels[level].size.width);
  Band& band = m_bands[level];
  while (count > 0 && band.top + band.filled < m_levels[level].size.height) {
    const int some = std::min(count, rowsOfBand(m_levels[level], band.top) - band.filled);
    {
      const std::lock_guard lock(m_mutex);
      std::copy_n(rows, static_cast<size_t>(some) * width, &band.image.at(0, band.filled));
      band.filled += some;
    }
    rows += static_cast<size_t>(some) * width;
    count -= some;
    if (level + 1 < m_levels.size()) makeCoarser(level);
    if (band.filled == rowsOfBand(m_levels[level], band.top)) emitBand(level);
  }
}

/// The two rows of each pair lie in one band, as bands begin at even rows.
void PyramidBuilder::makeCoarser(size_t level) {
  Band& band = m_bands[level];
  const int64_t last = std::min((band.top + band.filled) / 2, m_levels[level + 1].size.height);
  const auto width = static_cast<int>(m_levels[level + 1].size.width);
  if (band.made >= last) return;
  Image half = Image::unset(width, static_cast<int>(last - band.made));
  for (int y = 0; y < half.height; ++y) {
    const auto upper = static_cast<int>(2 * (band.made + y) - band.top);
    halvePixels(&half.at(0, y), &band.image.at(0, upper), &band.image.at(0, upper + 1),
                2 * static_cast<size_t>(width));
  }
  band.made = last;
  addTo(level + 1, half.pixels.data(), half.height);
}

Image PyramidBuilder::cut(const Image& band, TileKey key, int rows) const {
  const Level& level = m_levels[static_cast<size_t>(key.level)];
  const int64_t left = key.column * level.tile.width;
  const auto width = static_cast<int>(std::min(level.tile.width, level.size.width - left));
  Image tile = Image::unset(width, rows);
  for (int y = 0; y < rows; ++y)
    std::copy_n(
        &band.pixels[static_cast<size_t>(y) * static_cast<size_t>(band.width) + static_cast<size_t>(left)],
        width, &tile.at(0, y));
  return tile;
}

/// None where nothing of the band is lost.
const PyramidBuilder::Loss* PyramidBuilder::lossIn(size_t level, const Band& band) const {
  const double top = static_cast<double>(band.top) * m_levels[level].downsample;
  const double bottom = static_cast<double>(band.top + band.filled) * m_levels[level].downsample;
  for (const Loss& loss : m_losses)
    if (static_cast<double>(loss.top) < bottom && static_cast<double>(loss.bottom) > top) return &loss;
  return nullptr;
}

/// Only this thread writes the band: it is read without the lock.
void PyramidBuilder::emitBand(size_t level) {
  Band& band = m_bands[level];
  const auto row = static_cast<int>(band.top / m_levels[level].tile.height);
  const Loss* loss = lossIn(level, band);
  for (int column = 0; column < m_levels[level].columns(); ++column) {
    const TileKey key{static_cast<int>(level), column, row};
    Tile tile{key, cut(band.image, key, band.filled), loss != nullptr, loss ? loss->reason : std::string()};
    m_emit(std::move(tile));
  }
  const std::lock_guard lock(m_mutex);
  band.top += band.filled;
  band.filled = 0;
  std::fill(band.image.pixels.begin(), band.image.pixels.end(), 0);
}

std::optional<Image> PyramidBuilder::unfinished(TileKey key) const {
  const Level& level = m_levels[static_cast<size_t>(key.level)];
  const std::lock_guard lock(m_mutex);
  const Band& band = m_bands[static_cast<size_t>(key.level)];
  if (band.filled == 0 || key.row != band.top / level.tile.height) return {};
  return cut(band.image, key, rowsOfBand(level, band.top));
}

}  // namespace geneglass
