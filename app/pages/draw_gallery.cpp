// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/draw_gallery.h"

#include <fmt/format.h>

#include "app/pages/gallery_picture.h"
#include "viewer/foundation/time_left.h"
#include "viewer/slide/recent_slides.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

/// The tile on white, `side` pixels a side.
Result<Image> pictureOf(RecentSlides& slides, const TileGallery::Chosen& chosen, int side) {
  const Result<OpenedSlide> opened = slides.open(chosen.slide);
  if (!opened) return tl::unexpected(opened.error());
  Result<Image> image = readRegion(*opened->slide, *opened->source, chosen.area, side, side);
  if (image)
    for (uint32_t& pixel : image->pixels) pixel = onWhite(pixel);
  return image;
}

}  // namespace

Result<std::vector<std::filesystem::path>> drawGallery(const TileGallery& gallery,
                                                       const std::filesystem::path& folder,
                                                       std::stop_token stop, const OnProgress& progress) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(fmt::format("Cannot make the folder '{}': {}.", folder.string(), error.message()));
  const TimeLeft time;
  RecentSlides slides;
  std::vector<std::filesystem::path> files;
  for (const TileGallery::Gene& gene : gallery.genes()) {
    GalleryPicture picture(gene.symbol, gallery.labelUnit(), TileGallery::kBins, TileGallery::kTiles);
    for (size_t bin = 0; bin < TileGallery::kBins; ++bin) {
      const TileGallery::Bin& shown = gene.bins[bin];
      picture.head(bin, shown.low, shown.high, shown.cases);
      for (size_t place = 0; place < shown.tiles.size(); ++place) {
        if (stop.stop_requested())
          return fail(fmt::format("The galleries in '{}' were cancelled.", folder.string()));
        const Result<Image> tile = pictureOf(slides, shown.tiles[place], GalleryPicture::kSide);
        if (!tile) return tl::unexpected(tile.error());
        picture.put(bin, place, *tile, shown.tiles[place].attention);
      }
    }
    files.push_back(folder / (gene.symbol + ".png"));
    if (const Result<void> saved = picture.save(files.back()); !saved) return tl::unexpected(saved.error());
    const double done = double(files.size()), all = double(gallery.genes().size());
    progress({"galleries", int64_t(files.size()), int64_t(gallery.genes().size()), time.after(done, all)});
  }
  return files;
}

}  // namespace geneglass
