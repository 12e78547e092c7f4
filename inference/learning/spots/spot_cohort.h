// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "inference/learning/spots/spot_sections.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// What one bag of the cohort is.
enum class SpotBags {
  Spots,   ///< one spot: the tiles that its disc touches, and its own counts
  Regions  ///< contiguous spots: all tiles about them, and one pseudo-bulk measurement
};

struct SpotCohortOptions {
  std::filesystem::path out;  ///< a folder; must not exist
  SpotBags bags = SpotBags::Regions;
  size_t regionSpots = 8;  ///< at most, of a region
  size_t genes = 250;      ///< the most expressed, see mostExpressedGenes()
  int threads = 0;         ///< 0 = all
};

struct SpotCohort {
  std::filesystem::path file;
  size_t cases = 0;
  size_t genes = 0;
  size_t withoutTiles =
      0;  ///< groups of spots left out, since no tile of the slide holds enough tissue there
};

/// Makes a cohort for training from measured spots: OUT/cohort.csv (slide,case,split and a column a gene,
/// whose "slides" are feature bags), OUT/bags, and OUT/folds.csv, a fold a section, so that `train
/// --fold-file` judges every section by models of the others. Labels: pseudoBulk(). The tiles are those that
/// a prediction of the slide has. What is made appears whole or not at all. Errors: a folder that exists,
/// what readSections() and extractFeatures() refuse, no gene that all sections have, stopped.
Result<SpotCohort> makeSpotCohort(const std::vector<SpotSection>& sections, const ModelPackage& encoder,
                                  const SpotCohortOptions& options, std::stop_token stop,
                                  const OnProgress& progress);

/// For each group the tiles (rows of the grid's cells) that it is described by: those a spot's disc touches
/// (Spots), or those whose centre has one of its spots as the nearest, within a pitch (Regions).
std::vector<std::vector<size_t>> tilesOfGroups(const TileGrid& grid, const SpotTable& spots,
                                               const std::vector<std::vector<size_t>>& groups, SpotBags bags);

}  // namespace geneglass
