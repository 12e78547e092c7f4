// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "viewer/foundation/result.h"

namespace geneglass {

/// The two files that readSpots() takes.
struct SpotFiles {
  std::filesystem::path counts;
  std::filesystem::path places;
};

/// Those of a folder: counts.tsv or counts.tsv.gz with spots.tsv, or Space Ranger's
/// filtered_feature_bc_matrix.h5 with tissue_positions.csv or tissue_positions_list.csv beside it or in
/// `spatial`. Error: neither is there.
Result<SpotFiles> spotFilesIn(const std::filesystem::path& folder);

}  // namespace geneglass
