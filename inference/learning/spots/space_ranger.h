// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/spots/spot_table.h"

namespace geneglass {

/// Reads Space Ranger's filtered_feature_bc_matrix.h5 (10x Genomics' compressed sparse columns) and its
/// tissue_positions.csv or tissue_positions_list.csv, with scalefactors_json.json beside the latter for the
/// spots' diameter. Genes bear their symbols; of features with one symbol the counts are added. Spots outside
/// tissue are left out. Errors name the file and the reason.
Result<SpotTable> readSpaceRanger(const std::filesystem::path& counts, const std::filesystem::path& places);

}  // namespace geneglass
