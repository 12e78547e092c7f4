// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "viewer/foundation/result.h"

namespace geneglass {

/// The two files of one slide's spots.
struct SpotFiles {
  std::filesystem::path counts;
  std::filesystem::path places;  ///< empty: the file of counts tells them
};

/// Finds the files that are meant. `counts` and `places` are files, or folders that hold them:
///   counts  counts.tsv, filtered_feature_bc_matrix.h5, matrix.mtx, a .h5ad; in the folder itself, its `outs`
///   or
///           a folder filtered_feature_bc_matrix within
///   places  spots.tsv, tissue_positions.csv, tissue_positions_list.csv, spot_data-*.tsv; in the folder
///   itself,
///           its `spatial`, or those of the folder above
/// each as .gz too, and with a sample's name before it, as in files of GEO ("GSM1_a_matrix.mtx.gz"). Where
/// `places` is empty they are looked for beside the counts; those of the same sample go together. Errors:
/// nothing that is there is such a file, or several are; each says what is wanted.
Result<SpotFiles> findSpotFiles(const std::filesystem::path& counts, const std::filesystem::path& places);

}  // namespace geneglass
