// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/spots/spot_table.h"

namespace geneglass {

/// Reads counts and places and joins them by spot; spots that have only one of them are left out.
/// `counts` is a table, tab separated, gzip or plain, whose header names genes and whose rows are a spot
/// "XxY" and its counts, with `places` a table that has the columns x, y, pixel_x and pixel_y (her2st); or
/// filtered_feature_bc_matrix.h5 of Space Ranger, with `places` its tissue_positions*.csv (space_ranger.h).
/// A table does not say how wide a spot is: half the median distance to the nearest other spot is taken.
/// Errors name the file and the row: no such file, a missing column, a cell that is no count, a spot given
/// twice, no spot in both.
Result<SpotTable> readSpots(const std::filesystem::path& counts, const std::filesystem::path& places);

}  // namespace geneglass
