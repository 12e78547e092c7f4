// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spot_features.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/learning/time_left.h"
#include "inference/thumbnail.h"
#include "inference/tile_grid.h"
#include "viewer/slide/region.h"
#include "viewer/slide/synthetic/parallel.h"

namespace geneglass {
namespace {

constexpr size_t kTilesAtOnce = 64;

class SpotReader final {
 public:
  SpotReader(const OpenedSlide& opened, const SpotTable& spots, const SpotView& view, int pixels)
      : m_opened(opened), m_spots(spots), m_view(view), m_pixels(pixels) {}

  size_t count() const { return m_spots.centres.size() * m_view.offsets.size(); }

  /// Tiles [first, first + images.size()), by spot, then offset.
  Result<void> read(size_t first, std::span<Image> images) const {
    std::vector<Result<Image>> tiles(images.size(), Image());
    parallelFor(int64_t(images.size()), threadCount(0), {},
                [&](int64_t i) { tiles[size_t(i)] = readOne(first + size_t(i)); });
    for (size_t i = 0; i < images.size(); ++i) {
      if (!tiles[i]) return tl::unexpected(tiles[i].error());
      images[i] = std::move(*tiles[i]);
    }
    return {};
  }

 private:
  Result<Image> readOne(size_t index) const {
    const Point& centre = m_spots.centres[index / m_view.offsets.size()];
    const Point& offset = m_view.offsets[index % m_view.offsets.size()];
    const double mpp = m_opened.slide->mpp->mean(), side = m_view.side / mpp;
    Result<Image> image =
        readRegion(*m_opened.slide, *m_opened.source,
                   {centre.x + offset.x / mpp - side / 2, centre.y + offset.y / mpp - side / 2, side, side},
                   m_pixels, m_pixels);
    if (!image) return image;
    for (uint32_t& pixel : image->pixels) pixel = onWhite(pixel);
    return image;
  }

  const OpenedSlide& m_opened;
  const SpotTable& m_spots;
  const SpotView& m_view;
  int m_pixels;
};

}  // namespace

Result<std::vector<Matrix>> spotFeatures(const OpenedSlide& opened, const SpotTable& spots,
                                         const SpotView& view, Encoder& encoder, std::stop_token stop,
                                         const OnProgress& progress) {
  if (!opened.slide->mpp) return tl::unexpected(unknownMpp(*opened.slide));
  const SpotReader reader(opened, spots, view, encoder.facts().tile);
  const size_t width = size_t(encoder.facts().width), offsets = view.offsets.size();
  std::vector<Matrix> features(spots.centres.size(), Matrix(offsets, width));
  const TimeLeft time;
  for (size_t first = 0; first < reader.count(); first += kTilesAtOnce) {
    std::vector<Image> images(std::min(kTilesAtOnce, reader.count() - first));
    if (Result<void> read = reader.read(first, images); !read) return tl::unexpected(read.error());
    const Result<Matrix> rows = encoder.encode(images, stop);
    if (!rows) return tl::unexpected(rows.error());
    for (size_t i = 0; i < images.size(); ++i)
      std::ranges::copy(rows->row(i), features[(first + i) / offsets].row((first + i) % offsets).begin());
    const auto done = int64_t(first + images.size()), total = int64_t(reader.count());
    progress({"features of spots", done, total, time.after(double(done), double(total))});
  }
  return features;
}

}  // namespace geneglass
