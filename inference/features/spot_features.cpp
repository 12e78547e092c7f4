// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/spot_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "inference/package/package_precision.h"
#include "inference/tissue/shared_tiles.h"
#include "inference/tissue/thumbnail.h"
#include "inference/tissue/tile_reader.h"
#include "viewer/foundation/parallel.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr size_t kTilesAtOnce = 64;

/// Reads the tiles of all sizes about all places.
class SpotTiles final {
 public:
  SpotTiles(const OpenedSlide& opened, const std::vector<Point>& centres, const ModelPackage& package)
      : m_slide(*opened.slide),
        m_source(opened.source),
        m_centres(centres),
        m_sizes(package.view.sizes),
        m_pixels(package.encoder.tile),
        m_side(package.encoder.tile * package.encoder.mpp / opened.slide->mpp->mean()) {}

  size_t count() const { return m_centres.size() * m_sizes.size(); }
  double side() const { return m_side; }  ///< of the encoder's tile, level-0 pixels

  /// Tiles [first, first + images.size()), by place, then size; on all processors.
  Result<void> read(size_t first, std::span<Image> images) const {
    std::vector<std::optional<Image>> read(images.size());
    parallelFor(int64_t(read.size()), threadCount(0), {}, [&](int64_t i) {
      const size_t tile = first + size_t(i);
      const Point centre = m_centres[tile / m_sizes.size()];
      read[size_t(i)] =
          readAround(m_slide, m_source, {centre.x - m_side / 2, centre.y - m_side / 2, m_side, m_side},
                     m_sizes[tile % m_sizes.size()], m_pixels);
    });
    for (size_t i = 0; i < images.size(); ++i) {
      if (!read[i])
        return fail(fmt::format("Cannot read the tile of a spot in '{}'.", m_slide.file.string()));
      images[i] = std::move(*read[i]);
    }
    return {};
  }

 private:
  const Slide& m_slide;
  const SharedTiles m_source;
  const std::vector<Point>& m_centres;
  const std::vector<double>& m_sizes;
  const int m_pixels;
  const double m_side;
};

/// Of the grid of places, level-0 pixels.
int stepOf(const Slide& slide, double side) {
  constexpr double kPartsOfATile = 32, kMostASide = 4000;
  const auto longest = double(std::max(slide.size().width, slide.size().height));
  return std::max(1, int(std::ceil(std::max(side / kPartsOfATile, longest / kMostASide))));
}

FeatureBag frameOf(const Slide& slide, const std::vector<Point>& centres, double side,
                   const ModelPackage& package) {
  FeatureBag frame;
  frame.slideHash = slide.hash;
  frame.encoderHash = featuresHash(package, Precision::Float32);
  frame.mpp = slide.mpp->mean();
  const int step = stepOf(slide, side);
  frame.grid = {int(std::lround(side)), step, 0, 0, {}};
  const auto cellAt = [&](double corner) { return int(std::lround(std::max(0.0, corner) / step)); };
  for (const Point& centre : centres) {
    frame.grid.cells.push_back({cellAt(centre.x - side / 2), cellAt(centre.y - side / 2)});
    frame.grid.columns = std::max(frame.grid.columns, frame.grid.cells.back().column + 1);
    frame.grid.rows = std::max(frame.grid.rows, frame.grid.cells.back().row + 1);
  }
  frame.features = Matrix(centres.size(), featuresATile(package));
  return frame;
}

}  // namespace

Result<FeatureBag> spotBag(const OpenedSlide& opened, const std::vector<Point>& centres,
                           const LoadedEncoder& encoder, int threads, std::stop_token stop,
                           const OnProgress& progress) {
  if (auto unfit = unfitForModels(*opened.slide)) return tl::unexpected(*unfit);
  const Result<LoadedEncoder::Lent> lent = encoder.lend(Precision::Float32, stop);
  if (!lent) return tl::unexpected(lent.error());
  lent->encoder().useThreads(threads);
  const SpotTiles tiles(opened, centres, encoder.package());
  FeatureBag bag = frameOf(*opened.slide, centres, tiles.side(), encoder.package());
  const auto width = size_t(encoder.package().encoder.width);
  const TimeLeft time;
  for (size_t first = 0; first < tiles.count(); first += kTilesAtOnce) {
    std::vector<Image> images(std::min(kTilesAtOnce, tiles.count() - first));
    if (Result<void> read = tiles.read(first, images); !read) return tl::unexpected(read.error());
    const Result<Matrix> rows = lent->encoder().encode(images, stop);
    if (!rows) return tl::unexpected(rows.error());
    std::ranges::copy(rows->values, bag.features.values.begin() + std::ptrdiff_t(first * width));
    const auto done = int64_t(first + images.size()), total = int64_t(tiles.count());
    progress({"features of spots", done, total, time.after(double(done), double(total))});
  }
  return bag;
}

FeatureBag partOf(const FeatureBag& bag, const std::vector<size_t>& rows) {
  FeatureBag part = bag;
  part.key.clear();
  part.features = Matrix(rows.size(), bag.features.columns);
  part.grid.cells.clear();
  for (size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(bag.features.row(rows[i]), part.features.row(i).begin());
    part.grid.cells.push_back(bag.grid.cells[rows[i]]);
  }
  return part;
}

}  // namespace geneglass
