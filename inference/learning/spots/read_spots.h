// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/counts/spot_table.h"

namespace geneglass {

/// Reads counts and places and joins them by spot. Each is a file or a folder that holds it, found as
/// findSpotFiles() does; `places` may be empty. Counts: tabbed_counts.h, space_ranger.h, matrix_market.h,
/// annotated_data.h; places: spot_places.h, or the counts' own. Spots that are not under tissue are left out,
/// those without a place counted. Where
/// nothing tells how wide a spot is, half the median distance to the nearest other spot is taken. Errors name
/// the file and the reason; no spot in both.
Result<SpotTable> readSpots(const std::filesystem::path& counts, const std::filesystem::path& places);

}  // namespace geneglass
