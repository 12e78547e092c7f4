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
  Spots,   ///< one spot: a tile centred on it, and its own counts
  Regions  ///< contiguous spots: all tiles of the slide's grid about them, and one pseudo-bulk measurement
};

/// Sides of the tiles that tell most of a spot 100 um wide on her2st, over one of 224 um, each section
/// predicted from the others (mean r of ridge over 250 genes): 1 alone 0.308; 1, 0.5, 3 0.325; these 0.335.
inline const std::vector<double> kSpotSizes{1, 0.5, 2, 5};

struct SpotCohortOptions {
  std::filesystem::path out;  ///< a folder; must not exist
  SpotBags bags = SpotBags::Regions;
  size_t regionSpots = 8;          ///< at most, of a region
  int cuts = 1;                    ///< ways in which a section is cut into regions, each a bag of its own
  size_t genes = 250;              ///< the most expressed, see mostExpressedGenes()
  std::vector<double> sizes = {};  ///< see TileView; empty: as the encoder's package sees places
  int threads = 0;                 ///< 0 = all
};

struct SpotCohort {
  std::filesystem::path file;
  size_t cases = 0;
  size_t genes = 0;
  size_t leftOut = 0;  ///< groups of spots without counts, or where no tile of the slide holds tissue
};

/// Makes a cohort for training from measured spots: OUT/cohort.csv (slide,case,split and a column a gene,
/// whose "slides" are feature bags), OUT/bags, OUT/folds.csv, a fold a section, and what a training should
/// know of it (SpotFacts), so that `train` judges every section by models of the others. Labels:
/// pseudoBulk(). The tiles of regions are those that a prediction of the slide has. What is made appears
/// whole or not at all. Errors: a folder that exists, sizes that cannot be, what readSections(),
/// spotFeatures() and extractFeatures() refuse, no gene that all sections have, stopped.
Result<SpotCohort> makeSpotCohort(const std::vector<SpotSection>& sections, const ModelPackage& encoder,
                                  const SpotCohortOptions& options, std::stop_token stop,
                                  const OnProgress& progress);

/// For each region the tiles (rows of the grid's cells) that it is described by: those whose centre has one
/// of its spots as the nearest, within a pitch.
std::vector<std::vector<size_t>> tilesOfRegions(const TileGrid& grid, const SpotTable& spots,
                                                const std::vector<std::vector<size_t>>& regions);

}  // namespace geneglass
