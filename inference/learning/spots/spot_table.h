// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Gene counts measured at places of one slide: spatial transcriptomics. S spots, G genes.
struct SpotTable {
  std::filesystem::path file;      ///< of the counts
  std::vector<std::string> genes;  ///< G symbols, in the order of the columns
  std::vector<std::string> names;  ///< S: a barcode, or the array position "10x21"
  std::vector<Point> centres;      ///< S, level-0 pixels
  Matrix counts;                   ///< S x G, molecules counted
  double diameter = 0;             ///< of a spot, level-0 pixels
};

/// Median distance of a place to the nearest other one; NaN for fewer than two.
double medianPitch(const std::vector<Point>& centres);

/// Reads counts and places and joins them by spot; spots that have only one of them are left out.
/// `counts` is a table, tab separated, gzip or plain, whose header names genes and whose rows are a spot
/// "XxY" and its counts, with `places` a table that has the columns x, y, pixel_x and pixel_y (her2st); or
/// filtered_feature_bc_matrix.h5 of Space Ranger, with `places` its tissue_positions*.csv (space_ranger.h).
/// A table does not say how wide a spot is: half the median distance to the nearest other spot is taken.
/// Errors name the file and the row: no such file, a missing column, a cell that is no count, a spot given
/// twice, no spot in both.
Result<SpotTable> readSpots(const std::filesystem::path& counts, const std::filesystem::path& places);

}  // namespace geneglass
