// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_features.h"

#include <algorithm>
#include <functional>

#include "inference/learning/spots/colour_statistics.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr size_t kTilesAtOnce = 64;

/// Tiles -> rows of features.
using Describe = std::function<Result<Matrix>(std::span<const Image>)>;

Result<std::vector<Matrix>> describeAll(const SpotTiles& tiles, size_t tilesOfSpot, const Describe& describe,
                                        const OnProgress& progress) {
  std::vector<Matrix> spots(tiles.count() / tilesOfSpot);
  const TimeLeft time;
  for (size_t first = 0; first < tiles.count(); first += kTilesAtOnce) {
    std::vector<Image> images(std::min(kTilesAtOnce, tiles.count() - first));
    if (Result<void> read = tiles.read(first, images); !read) return tl::unexpected(read.error());
    const Result<Matrix> rows = describe(images);
    if (!rows) return tl::unexpected(rows.error());
    for (size_t i = 0; i < images.size(); ++i) {
      Matrix& spot = spots[(first + i) / tilesOfSpot];
      if (spot.rows == 0) spot = Matrix(tilesOfSpot, rows->columns);
      std::ranges::copy(rows->row(i), spot.row((first + i) % tilesOfSpot).begin());
    }
    const auto done = int64_t(first + images.size()), total = int64_t(tiles.count());
    progress({"features of spots", done, total, time.after(double(done), double(total))});
  }
  return spots;
}

}  // namespace

Result<std::vector<Matrix>> spotFeatures(const OpenedSlide& opened, const SpotTable& spots,
                                         const SpotView& view, Encoder& encoder, std::stop_token stop,
                                         const OnProgress& progress) {
  const Result<SpotTiles> tiles = SpotTiles::of(opened, spots, view, encoder.facts().tile);
  if (!tiles) return tl::unexpected(tiles.error());
  return describeAll(
      *tiles, view.offsets.size(),
      [&](std::span<const Image> images) { return encoder.encode(images, stop); }, progress);
}

Result<std::vector<Matrix>> spotColours(const OpenedSlide& opened, const SpotTable& spots,
                                        const SpotView& view) {
  constexpr int kPixels = 224;
  const Result<SpotTiles> tiles = SpotTiles::of(opened, spots, view, kPixels);
  if (!tiles) return tl::unexpected(tiles.error());
  const auto colours = [](std::span<const Image> images) -> Result<Matrix> {
    Matrix rows(images.size(), kColourStatistics);
    for (size_t i = 0; i < images.size(); ++i) colourStatistics(images[i], rows.row(i));
    return rows;
  };
  return describeAll(*tiles, view.offsets.size(), colours, [](const Progress&) {});
}

}  // namespace geneglass
