// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/counts/spot_table.h"

namespace geneglass {

/// Reads Space Ranger's filtered_feature_bc_matrix.h5 (10x Genomics' compressed sparse columns), without
/// places. Genes bear their symbols; of features with one symbol the counts are added. Errors name the file
/// and the reason.
Result<SpotTable> readSpaceRangerCounts(const std::filesystem::path& file);

}  // namespace geneglass
