// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_cohort.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "inference/features/extract_features.h"
#include "inference/features/spot_features.h"
#include "inference/learning/cohort/spot_facts.h"
#include "inference/learning/spots/place_index.h"
#include "inference/learning/spots/spot_labels.h"
#include "inference/learning/spots/spot_lattice.h"
#include "viewer/foundation/files/part_folder.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

/// The spot nearest to a place, where one lies within `reach`.
std::optional<size_t> nearestSpot(const SpotTable& spots, const PlaceIndex& index, Point place,
                                  double reach) {
  std::optional<size_t> nearest;
  std::vector<size_t> near;
  index.near(place, reach, near);
  for (const size_t spot : near) {
    const double apart = std::hypot(spots.centres[spot].x - place.x, spots.centres[spot].y - place.y);
    if (apart < reach) nearest = spot, reach = apart;
  }
  return nearest;
}

/// Writes bags and rows of both tables as sections come; the folder is moved to its place at the end.
class SpotCohortMaker final {
 public:
  SpotCohortMaker(const SpotCohortOptions& options, std::vector<std::string> genes, PartFolder folder)
      : m_options(options), m_genes(std::move(genes)), m_folder(std::move(folder)) {
    m_cohort = fmt::format("slide,case,split,{}\n", fmt::join(m_genes, ","));
    m_folds = "case,fold\n";
  }

  Result<void> begin() {
    const Result<std::filesystem::path> partial = m_folder.path();
    if (!partial) return tl::unexpected(partial.error());
    m_partial = *partial;
    std::error_code error;
    std::filesystem::create_directory(m_partial / "bags", error);
    if (error)
      return fail(fmt::format("Cannot make the folder '{}': {}.", m_partial.string(), error.message()));
    return {};
  }

  /// A row of `bag` is a spot.
  Result<void> addSpots(const SpotSection& section, const FeatureBag& bag, size_t fold) {
    const Result<Matrix> labels = pseudoBulk(section.spots, m_genes, singleSpots(section.spots));
    if (!labels) return tl::unexpected(labels.error());
    for (size_t spot = 0; spot < bag.features.rows; ++spot) {
      const std::string name = fmt::format("{}-{}", section.name, section.spots.names[spot]);
      if (Result<void> added = addCase(name, partOf(bag, {spot}), labels->row(spot), fold); !added)
        return added;
    }
    return {};
  }

  Result<void> addRegions(const SpotSection& section, const FeatureBag& bag, int cut, size_t fold) {
    const std::vector<SpotGroup> regions =
        cutRegions(section.spots.centres, m_options.regionSpots, std::numbers::pi / 2 * cut / m_options.cuts);
    const Result<Matrix> labels = pseudoBulk(section.spots, m_genes, regions);
    if (!labels) return tl::unexpected(labels.error());
    const auto tiles = tilesOfRegions(bag.grid, section.spots, regions);
    for (size_t region = 0; region < regions.size(); ++region) {
      const std::string name = m_options.cuts > 1
                                   ? fmt::format("{}-{}-{:03}", section.name, cut + 1, region + 1)
                                   : fmt::format("{}-{:03}", section.name, region + 1);
      if (Result<void> added = addCase(name, partOf(bag, tiles[region]), labels->row(region), fold); !added)
        return added;
    }
    return {};
  }

  Result<SpotCohort> finish(const SpotFacts& facts) {
    if (Result<void> written = writeSpotFacts(m_partial, facts); !written)
      return tl::unexpected(written.error());
    for (const auto& [name, table] : {std::pair("cohort.csv", &m_cohort), std::pair("folds.csv", &m_folds)})
      if (Result<void> written = writeText(m_partial / name, *table); !written)
        return tl::unexpected(written.error());
    if (Result<void> finished = m_folder.finish(); !finished) return tl::unexpected(finished.error());
    m_facts.file = m_options.out / "cohort.csv";
    m_facts.genes = m_genes.size();
    return m_facts;
  }

 private:
  Result<void> addCase(const std::string& name, const FeatureBag& bag, std::span<const float> labels,
                       size_t fold) {
    if (bag.grid.count() == 0 || std::isnan(labels.front())) {
      ++m_facts.leftOut;
      return {};
    }
    const std::string file = fmt::format("bags/{}.h5", name);
    if (Result<void> written = writeBag(m_partial / file, bag); !written) return written;
    m_cohort += fmt::format("{},{},train,{:.6g}\n", file, name, fmt::join(labels, ","));
    m_folds += fmt::format("{},{}\n", name, fold);
    ++m_facts.cases;
    return {};
  }

  const SpotCohortOptions& m_options;
  std::vector<std::string> m_genes;
  PartFolder m_folder;
  std::filesystem::path m_partial;  ///< where it grows
  std::string m_cohort, m_folds;
  SpotCohort m_facts;
};

Result<void> addSpotsOf(const SpotSection& section, const LoadedEncoder& encoder, int threads, size_t fold,
                        const std::stop_token& stop, const OnProgress& progress, SpotCohortMaker& maker) {
  const Result<FeatureBag> bag =
      spotBag(section.opened, section.spots.centres, encoder, threads, stop, progress);
  if (!bag) return tl::unexpected(bag.error());
  return maker.addSpots(section, *bag, fold);
}

Result<void> addRegionsOf(const SpotSection& section, const LoadedEncoder& encoder,
                          const SpotCohortOptions& options, size_t fold, const std::stop_token& stop,
                          const OnProgress& progress, SpotCohortMaker& maker) {
  const Result<ExtractedBag> extracted = extractFeatures(
      section.opened, encoder, {.threads = options.threads, .precision = Precision::Float32}, stop, progress);
  if (!extracted) return tl::unexpected(extracted.error());
  for (int cut = 0; cut < options.cuts; ++cut)
    if (Result<void> added = maker.addRegions(section, extracted->bag, cut, fold); !added) return added;
  return {};
}

}  // namespace

std::vector<std::vector<size_t>> tilesOfRegions(const TileGrid& grid, const SpotTable& spots,
                                                const std::vector<std::vector<size_t>>& regions) {
  std::vector<std::vector<size_t>> tiles(regions.size());
  std::vector<size_t> regionOf(spots.centres.size());
  for (size_t region = 0; region < regions.size(); ++region)
    for (const size_t spot : regions[region]) regionOf[spot] = region;
  const double pitch = spotPitch(spots.centres);
  const PlaceIndex index(spots.centres);
  for (size_t tile = 0; tile < grid.cells.size(); ++tile) {
    const Rect area = grid.area(grid.cells[tile]);
    const auto spot = nearestSpot(spots, index, {area.x + area.width / 2, area.y + area.height / 2}, pitch);
    if (spot) tiles[regionOf[*spot]].push_back(tile);
  }
  return tiles;
}

Result<SpotCohort> makeSpotCohort(const std::vector<SpotSection>& sections, const ModelPackage& encoder,
                                  const SpotCohortOptions& options, std::stop_token stop,
                                  const OnProgress& progress) {
  Result<PartFolder> folder = PartFolder::begin(options.out);
  if (!folder) return tl::unexpected(folder.error());
  auto seeing = std::make_shared<ModelPackage>(encoder);
  if (!options.sizes.empty()) seeing->view = {options.sizes};
  if (const std::string wrong = whyNot(seeing->view); !wrong.empty())
    return fail(fmt::format("The sizes of tiles {}.", wrong));
  std::vector<const SpotTable*> tables;
  for (const SpotSection& section : sections) tables.push_back(&section.spots);
  const std::vector<std::string> genes = mostExpressedGenes(tables, options.genes);
  if (genes.empty())
    return fail(fmt::format("Cannot make the cohort '{}': no gene is measured in all sections.",
                            options.out.string()));
  SpotCohortMaker maker(options, genes, std::move(*folder));
  if (Result<void> begun = maker.begin(); !begun) return tl::unexpected(begun.error());
  const LoadedEncoder loaded(seeing);
  for (size_t fold = 0; fold < sections.size(); ++fold)
    if (Result<void> added =
            options.bags == SpotBags::Spots
                ? addSpotsOf(sections[fold], loaded, options.threads, fold, stop, progress, maker)
                : addRegionsOf(sections[fold], loaded, options, fold, stop, progress, maker);
        !added)
      return tl::unexpected(added.error());
  return maker.finish({options.bags == SpotBags::Spots ? "spots" : "regions", kSpotLabelUnit,
                       seeing->view.sizes, int(sections.size())});
}

}  // namespace geneglass
