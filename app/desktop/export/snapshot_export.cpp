// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/snapshot_export.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/export/banded_snapshot.h"

namespace geneglass {
namespace {

Result<void> writeBand(BandedSnapshot& snapshot, int band, PictureFile& file, const OnProgress& progress,
                       int64_t& done) {
  for (const SnapshotPage::Piece& piece : snapshot.piecesOf(band)) {
    if (auto read = snapshot.read(piece, {}); !read) return read;
    if (auto drawn = snapshot.draw(piece); !drawn) return drawn;
    if (progress) progress({"drawing", ++done, snapshot.pieces()});
  }
  return file.append(snapshot.finish(band));
}

}  // namespace

Result<std::string> exportSnapshot(const SnapshotRequest& request, const OnProgress& progress) {
  const auto snapshot = BandedSnapshot::plan(request);
  if (!snapshot) return tl::unexpected(snapshot.error());
  const auto file = (*snapshot)->createFile();
  if (!file) return tl::unexpected(file.error());
  int64_t done = 0;
  for (int band = 0; band < (*snapshot)->bands(); ++band)
    if (auto written = writeBand(**snapshot, band, **file, progress, done); !written)
      return tl::unexpected(written.error());
  Result<std::string> verdict = (*snapshot)->verdict();
  if (!verdict) return verdict;
  return (*file)->finish().map([&] { return std::move(*verdict); });
}

Result<Viewport> snapshotView(const Slide& slide, const std::optional<Rect>& region, Size size) {
  const auto width = double(size.width), height = double(size.height);
  const double band = kLegendBand * std::max(1.0, width / kReadableWidth);
  if (!region)
    return height > 4 * band ? fitAbove(slide.bounds, width, height, band) : fit(slide.bounds, width, height);
  const Rect onSlide{0, 0, double(slide.size().width), double(slide.size().height)};
  if (region->isEmpty() || region->x < 0 || region->y < 0 || region->right() > onSlide.right() ||
      region->bottom() > onSlide.bottom())
    return fail(
        fmt::format("The region {:.0f},{:.0f},{:.0f},{:.0f} does not lie on '{}', which is {} x {} pixels.",
                    region->x, region->y, region->width, region->height, slide.file.filename().string(),
                    slide.size().width, slide.size().height));
  Viewport view = fit(*region, width, height);
  view.downsample = std::max(region->width / width, region->height / height);
  return view;
}

}  // namespace geneglass
