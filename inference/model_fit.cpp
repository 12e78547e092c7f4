// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/model_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <span>
#include <tuple>

#include "inference/encoder/loaded_encoder.h"
#include "inference/head/domain_head.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/shared_tiles.h"
#include "inference/tissue/tile_reader.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr size_t kImagesAtOnce = 64;

/// What the encoder sees of one place: an image of each size of its view.
using Views = std::vector<Image>;

/// Cells that are spread evenly over the grid's order, and so over the tissue, without those that show
/// nothing or cannot be read: what a prediction leaves out. Each place is read once.
std::vector<Views> sampleOf(const OpenedSlide& opened, const TileGrid& grid, const TissueMask& tissue,
                            const ModelPackage& package, int threads, const std::stop_token& stop) {
  const size_t count = std::min(kTilesOfFit, grid.count());
  const std::vector<double>& sizes = package.view.sizes;
  const int pixels = package.encoder.tile;
  const SharedTiles source(opened.source);
  std::vector<Views> sample(count);
  parallelFor(int64_t(count), threadCount(threads), stop, [&](int64_t i) {
    const size_t cell = (2 * size_t(i) + 1) * grid.count() / (2 * count);
    ReadTile tile = readTile(*opened.slide, source, grid, cell, pixels, tissue.meanBrightness);
    if (tile.state != TileState::Usable) return;
    Views views{std::move(tile.image)};  // the first size is 1
    for (size_t each = 1; each < sizes.size(); ++each) {
      auto image = readAround(*opened.slide, source, grid.area(grid.cells[cell]), sizes[each], pixels);
      if (!image) return;
      views.push_back(std::move(*image));
    }
    sample[size_t(i)] = std::move(views);
  });
  std::erase_if(sample, &Views::empty);
  return sample;
}

/// A row a place.
Result<Matrix> featuresOf(std::vector<Views> sample, const LoadedEncoder& encoder, int threads,
                          const std::stop_token& stop) {
  const Result<LoadedEncoder::Lent> lent = encoder.lend(Precision::Float32, stop);
  if (!lent) return tl::unexpected(lent.error());
  lent->encoder().useThreads(threads);
  Views images;
  for (Views& views : sample) std::ranges::move(views, std::back_inserter(images));
  Matrix features(sample.size(), featuresATile(encoder.package()));
  auto place = features.values.begin();
  for (size_t first = 0; first < images.size(); first += kImagesAtOnce) {
    const std::span<const Image> some(images.data() + first, std::min(kImagesAtOnce, images.size() - first));
    const Result<Matrix> rows = lent->encoder().encode(some, stop);
    if (!rows) return tl::unexpected(rows.error());
    place = std::ranges::copy(rows->values, place).out;
  }
  return features;
}

Result<SlideDomain> judgeBy(const ModelPackage& package, const OpenedSlide& opened, const TissueMask& tissue,
                            int threads, const std::stop_token& stop) {
  const Result<DomainHead> domain = loadDomainHead(package);
  if (!domain) return tl::unexpected(domain.error());
  const Result<TileGrid> grid =
      layTiles(*opened.slide, tissue, package.encoder.tile, package.encoder.mpp, package.minimumTissue);
  if (!grid) return tl::unexpected(grid.error());
  std::vector<Views> sample = sampleOf(opened, *grid, tissue, package, threads, stop);
  if (sample.empty())
    return fail(fmt::format("Cannot compare '{}' with '{}': no tissue was found that fills a tile.",
                            opened.slide->file.string(), package.name));
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
  const Result<Matrix> features = featuresOf(std::move(sample), encoder, threads, stop);
  if (!features) return tl::unexpected(features.error());
  return domain->judge(*features);
}

}  // namespace

const ModelFit* ModelFits::suited() const {
  return fits.empty() || fits.front().domain.outside ? nullptr : &fits.front();
}

Result<ModelFits> compareModels(const OpenedSlide& opened, const TissueMask& tissue,
                                const std::vector<std::filesystem::path>& models, int threads,
                                std::stop_token stop, const OnProgress& progress) {
  if (auto unfit = unfitForModels(*opened.slide)) return tl::unexpected(*unfit);
  ModelFits compared;
  int64_t done = 0;
  for (const std::filesystem::path& folder : models) {
    progress({"comparing with models", done++, int64_t(models.size())});
    const Result<ModelPackage> package = openModelPackage(folder);
    if (!package) {
      compared.refusals.push_back(package.error());
      continue;
    }
    if (!package->domain) {
      compared.unknown.push_back(package->name);
      continue;
    }
    Result<SlideDomain> domain = judgeBy(*package, opened, tissue, threads, stop);
    if (stop.stop_requested())
      return fail(fmt::format("Comparing '{}' with models was cancelled.", opened.slide->file.string()));
    if (domain)
      compared.fits.push_back({folder, package->name, std::move(*domain)});
    else
      compared.refusals.push_back(domain.error());
  }
  std::ranges::stable_sort(compared.fits, {}, [](const ModelFit& fit) {
    return std::tuple(fit.domain.outside, fit.domain.shareOutside);
  });
  return compared;
}

}  // namespace geneglass
