// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/model_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <tuple>

#include "inference/encoder/loaded_encoder.h"
#include "inference/features/spot_features.h"
#include "inference/head/domain_head.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tile_reader.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

/// Cells that are spread evenly over the grid's order, and so over the tissue, without those that show
/// nothing or cannot be read: what a prediction leaves out.
std::vector<Point> sampleOf(const OpenedSlide& opened, const TileGrid& grid, const TissueMask& tissue,
                            int pixels) {
  const size_t count = std::min(kTilesOfFit, grid.count());
  std::vector<TileState> states(count);
  const auto cellOf = [&](size_t i) { return (2 * i + 1) * grid.count() / (2 * count); };
  parallelFor(int64_t(count), threadCount(0), {}, [&](int64_t i) {
    states[size_t(i)] =
        readTile(*opened.slide, *opened.source, grid, cellOf(size_t(i)), pixels, tissue.meanBrightness).state;
  });
  std::vector<Point> centres;
  for (size_t i = 0; i < count; ++i) {
    if (states[i] != TileState::Usable) continue;
    const Rect area = grid.area(grid.cells[cellOf(i)]);
    centres.push_back({area.x + area.width / 2, area.y + area.height / 2});
  }
  return centres;
}

Result<SlideDomain> judgeBy(const ModelPackage& package, const OpenedSlide& opened, const TissueMask& tissue,
                            int threads, std::stop_token stop) {
  const Result<DomainHead> domain = loadDomainHead(package);
  if (!domain) return tl::unexpected(domain.error());
  const Result<TileGrid> grid =
      layTiles(*opened.slide, tissue, package.encoder.tile, package.encoder.mpp, package.minimumTissue);
  if (!grid) return tl::unexpected(grid.error());
  const std::vector<Point> sample = sampleOf(opened, *grid, tissue, package.encoder.tile);
  if (sample.empty())
    return fail(fmt::format("Cannot compare '{}' with '{}': no tissue was found that fills a tile.",
                            opened.slide->file.string(), package.name));
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
  const Result<FeatureBag> bag =
      spotBag(opened, sample, encoder, threads, std::move(stop), [](const Progress&) {});
  if (!bag) return tl::unexpected(bag.error());
  return domain->judge(bag->features);
}

}  // namespace

const ModelFit* ModelFits::suited() const {
  return fits.empty() || fits.front().domain.outside ? nullptr : &fits.front();
}

Result<ModelFits> compareModels(const OpenedSlide& opened, const TissueMask& tissue,
                                const std::vector<std::filesystem::path>& models, int threads,
                                std::stop_token stop, const OnProgress& progress) {
  if (!opened.slide->mpp) return tl::unexpected(unknownMpp(*opened.slide));
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
