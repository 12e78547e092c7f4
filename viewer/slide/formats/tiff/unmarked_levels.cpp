// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/unmarked_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "viewer/foundation/pixel.h"
#include "viewer/slide/channels/channel_layout.h"
#include "viewer/slide/formats/tiff/tiff_decoding.h"

namespace geneglass {
namespace {

constexpr int kPlaces = 4;         ///< across and down
constexpr int kBlock = 16;         ///< sides of what is compared, pixels of the coarse level
constexpr double kMostApart = 16;  ///< of 255, at any place: grain and edges, reduced in another way
constexpr double kUsuallyApart = 5;

using Means = std::array<double, 3>;

/// Mean colours of rectangles of one level.
class LevelMeans final {
 public:
  LevelMeans(const TileSource& source, const std::vector<Level>& levels, int index)
      : m_source(source), m_level(levels[static_cast<size_t>(index)]), m_index(index) {}

  Size size() const { return m_level.size; }

  /// Of pixels [left, right) x [top, bottom); nothing where one cannot be read.
  std::optional<Means> mean(int64_t left, int64_t top, int64_t right, int64_t bottom) {
    Means sums{};
    for (int64_t y = top; y < bottom; ++y)
      for (int64_t x = left; x < right; ++x) {
        const TilePtr tile = tileAt(x / m_level.tile.width, y / m_level.tile.height);
        if (!tile) return {};
        const uint32_t pixel = tile->image.at(static_cast<int>(x % m_level.tile.width),
                                              static_cast<int>(y % m_level.tile.height));
        sums[0] += redOf(pixel);
        sums[1] += greenOf(pixel);
        sums[2] += blueOf(pixel);
      }
    for (double& sum : sums) sum /= static_cast<double>((right - left) * (bottom - top));
    return sums;
  }

 private:
  TilePtr tileAt(int64_t column, int64_t row) {
    const auto [place, isNew] = m_tiles.try_emplace({column, row});
    if (isNew)
      place->second =
          m_source.read({m_index, static_cast<int>(column), static_cast<int>(row)}).value_or(nullptr);
    return place->second;
  }

  const TileSource& m_source;
  const Level& m_level;
  const int m_index;
  std::map<std::pair<int64_t, int64_t>, TilePtr> m_tiles;
};

bool isAlike(const TiffDirectory& directory, const TiffDirectory& first) {
  return directory.bitsPerSample == first.bitsPerSample &&
         directory.samplesPerPixel == first.samplesPerPixel &&
         decodingOf(directory, "generic-tiff").has_value();
}

}  // namespace

std::vector<TiffDirectory> unmarkedCopies(const std::vector<TiffDirectory>& directories) {
  std::vector<TiffDirectory> copies;
  if (directories.empty()) return copies;
  const TiffDirectory& first = directories.front();
  Size last = first.size;
  for (size_t i = 1; i < directories.size(); ++i) {
    const TiffDirectory& directory = directories[i];
    if (directory.size == first.size) return {};
    if (!isAlike(directory, first) || !isSmallerCopy(directory.size, last)) continue;
    copies.push_back(directory);
    last = directory.size;
  }
  return copies;
}

bool showsTheSame(const TileSource& source, const std::vector<Level>& levels, int fine, int coarse) {
  LevelMeans finer(source, levels, fine);
  LevelMeans coarser(source, levels, coarse);
  const double step =
      levels[static_cast<size_t>(coarse)].downsample / levels[static_cast<size_t>(fine)].downsample;
  const Size size = coarser.size();
  double sum = 0;
  for (int place = 0; place < kPlaces * kPlaces; ++place) {
    const int64_t x = (2 * (place % kPlaces) + 1) * size.width / (2 * kPlaces);
    const int64_t y = (2 * (place / kPlaces) + 1) * size.height / (2 * kPlaces);
    const int64_t right = std::min(x + kBlock, size.width);
    const int64_t bottom = std::min(y + kBlock, size.height);
    const auto inFiner = [step](int64_t at, int64_t side) {
      return std::clamp<int64_t>(std::llround(static_cast<double>(at) * step), 0, side);
    };
    const int64_t left = inFiner(x, finer.size().width), top = inFiner(y, finer.size().height);
    const int64_t end = inFiner(right, finer.size().width), foot = inFiner(bottom, finer.size().height);
    if (end <= left || foot <= top) return false;
    const auto whole = finer.mean(left, top, end, foot);
    const auto reduced = coarser.mean(x, y, right, bottom);
    if (!whole || !reduced) return false;
    double apart = 0;
    for (size_t i = 0; i < 3; ++i) apart = std::max(apart, std::abs((*whole)[i] - (*reduced)[i]));
    if (apart > kMostApart) return false;
    sum += apart;
  }
  return sum / (kPlaces * kPlaces) <= kUsuallyApart;
}

std::string noteOfPages(const std::vector<TiffDirectory>& directories, size_t levels) {
  if (directories.size() <= levels) return {};
  const auto alike = std::ranges::count_if(
      directories, [&](const TiffDirectory& each) { return each.size == directories.front().size; });
  if (alike > 1) return fmt::format("The first of {} images of this size is shown.", alike);
  return fmt::format("The first of {} images in the file is shown.", directories.size() - levels + 1);
}

}  // namespace geneglass
