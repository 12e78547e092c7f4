// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_cohort.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>

#include "inference/features/extract_features.h"
#include "inference/learning/spots/spot_labels.h"
#include "inference/learning/spots/spot_scores.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/text_file.h"

namespace geneglass {
namespace {

/// The spot nearest to a place, where one lies within `reach`.
std::optional<size_t> nearestSpot(const SpotTable& spots, Point place, double reach) {
  std::optional<size_t> nearest;
  for (size_t spot = 0; spot < spots.centres.size(); ++spot) {
    const double apart = std::hypot(spots.centres[spot].x - place.x, spots.centres[spot].y - place.y);
    if (apart < reach) nearest = spot, reach = apart;
  }
  return nearest;
}

FeatureBag partOf(const FeatureBag& bag, const std::vector<size_t>& tiles) {
  FeatureBag part = bag;
  part.key.clear();  // it is not all of the slide
  part.features = Matrix(tiles.size(), bag.features.columns);
  part.grid.cells.clear();
  for (size_t i = 0; i < tiles.size(); ++i) {
    std::ranges::copy(bag.features.row(tiles[i]), part.features.row(i).begin());
    part.grid.cells.push_back(bag.grid.cells[tiles[i]]);
  }
  return part;
}

/// Writes bags and rows of both tables as sections come; the folder is moved to its place at the end.
class SpotCohortMaker final {
 public:
  SpotCohortMaker(const SpotCohortOptions& options, std::vector<std::string> genes)
      : m_options(options), m_genes(std::move(genes)), m_partial(options.out.string() + ".partial") {
    m_cohort = fmt::format("slide,case,split,{}\n", fmt::join(m_genes, ","));
    m_folds = "case,fold\n";
  }
  ~SpotCohortMaker() {
    std::error_code ignored;
    std::filesystem::remove_all(m_partial, ignored);
  }
  SpotCohortMaker(const SpotCohortMaker&) = delete;
  SpotCohortMaker& operator=(const SpotCohortMaker&) = delete;

  Result<void> begin() {
    std::error_code error;
    std::filesystem::remove_all(m_partial, error);
    std::filesystem::create_directories(m_partial / "bags", error);
    if (error)
      return fail(fmt::format("Cannot make the folder '{}': {}.", m_partial.string(), error.message()));
    return {};
  }

  Result<void> add(const SpotSection& section, const FeatureBag& bag, size_t fold) {
    const std::vector<SpotGroup> groups = m_options.bags == SpotBags::Spots
                                              ? singleSpots(section.spots)
                                              : cutRegions(section.spots.centres, m_options.regionSpots);
    const Result<Matrix> labels = pseudoBulk(section.spots, m_genes, groups);
    if (!labels) return tl::unexpected(labels.error());
    const auto tiles = tilesOfGroups(bag.grid, section.spots, groups, m_options.bags);
    for (size_t group = 0; group < groups.size(); ++group) {
      const std::string name = m_options.bags == SpotBags::Spots
                                   ? fmt::format("{}-{}", section.name, section.spots.names[group])
                                   : fmt::format("{}-{:03}", section.name, group + 1);
      if (tiles[group].empty() || std::isnan(labels->at(group, 0))) {
        ++m_facts.withoutTiles;
        continue;
      }
      const std::string file = fmt::format("bags/{}.h5", name);
      if (Result<void> written = writeBag(m_partial / file, partOf(bag, tiles[group])); !written)
        return written;
      m_cohort += fmt::format("{},{},train,{:.6g}\n", file, name, fmt::join(labels->row(group), ","));
      m_folds += fmt::format("{},{}\n", name, fold);
      ++m_facts.cases;
    }
    return {};
  }

  Result<SpotCohort> finish() {
    for (const auto& [name, table] : {std::pair("cohort.csv", &m_cohort), std::pair("folds.csv", &m_folds)})
      if (Result<void> written = writeText(m_partial / name, *table); !written)
        return tl::unexpected(written.error());
    std::error_code error;
    std::filesystem::rename(m_partial, m_options.out, error);
    if (error)
      return fail(fmt::format("Cannot make the folder '{}': {}.", m_options.out.string(), error.message()));
    m_facts.file = m_options.out / "cohort.csv";
    m_facts.genes = m_genes.size();
    return m_facts;
  }

 private:
  const SpotCohortOptions& m_options;
  std::vector<std::string> m_genes;
  std::filesystem::path m_partial;
  std::string m_cohort, m_folds;
  SpotCohort m_facts;
};

}  // namespace

std::vector<std::vector<size_t>> tilesOfGroups(const TileGrid& grid, const SpotTable& spots,
                                               const std::vector<std::vector<size_t>>& groups,
                                               SpotBags bags) {
  std::vector<std::vector<size_t>> tiles(groups.size());
  std::vector<size_t> groupOf(spots.centres.size());
  for (size_t group = 0; group < groups.size(); ++group)
    for (const size_t spot : groups[group]) groupOf[spot] = group;
  const double pitch = medianPitch(spots.centres);
  for (size_t tile = 0; tile < grid.cells.size(); ++tile) {
    const Rect area = grid.area(grid.cells[tile]);
    if (bags == SpotBags::Regions) {
      const auto spot = nearestSpot(spots, {area.x + area.width / 2, area.y + area.height / 2}, pitch);
      if (spot) tiles[groupOf[*spot]].push_back(tile);
      continue;
    }
    for (size_t spot = 0; spot < spots.centres.size(); ++spot)
      if (discOverlap(spots.centres[spot], spots.diameter, area) > 0) tiles[groupOf[spot]].push_back(tile);
  }
  return tiles;
}

Result<SpotCohort> makeSpotCohort(const std::vector<SpotSection>& sections, const ModelPackage& encoder,
                                  const SpotCohortOptions& options, std::stop_token stop,
                                  const OnProgress& progress) {
  if (Result<void> free = checkFree(options.out); !free) return tl::unexpected(free.error());
  std::vector<SpotTable> tables;
  for (const SpotSection& section : sections) tables.push_back(section.spots);
  const std::vector<std::string> genes = mostExpressedGenes(tables, options.genes);
  if (genes.empty())
    return fail(fmt::format("Cannot make the cohort '{}': no gene is measured in all sections.",
                            options.out.string()));
  SpotCohortMaker maker(options, genes);
  if (Result<void> begun = maker.begin(); !begun) return tl::unexpected(begun.error());
  const LoadedEncoder loaded(std::make_shared<const ModelPackage>(encoder));
  for (size_t fold = 0; fold < sections.size(); ++fold) {
    const Result<ExtractedBag> extracted =
        extractFeatures(sections[fold].opened, loaded,
                        {.threads = options.threads, .precision = Precision::Float32}, stop, progress);
    if (!extracted) return tl::unexpected(extracted.error());
    if (Result<void> added = maker.add(sections[fold], extracted->bag, fold); !added)
      return tl::unexpected(added.error());
  }
  return maker.finish();
}

}  // namespace geneglass
