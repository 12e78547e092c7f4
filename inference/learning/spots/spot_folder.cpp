// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_folder.h"

#include <fmt/format.h>

namespace geneglass {

/// In the order of preference.
constexpr std::pair<const char*, const char*> kSpotFileNames[] = {
    {"counts.tsv.gz", "spots.tsv"},
    {"counts.tsv", "spots.tsv"},
    {"filtered_feature_bc_matrix.h5", "spatial/tissue_positions.csv"},
    {"filtered_feature_bc_matrix.h5", "spatial/tissue_positions_list.csv"},
    {"filtered_feature_bc_matrix.h5", "tissue_positions.csv"},
    {"filtered_feature_bc_matrix.h5", "tissue_positions_list.csv"}};

Result<SpotFiles> spotFilesIn(const std::filesystem::path& folder) {
  std::error_code error;
  const auto isThere = [&](const char* name) {
    return std::filesystem::is_regular_file(folder / name, error);
  };
  for (const auto& [counts, places] : kSpotFileNames)
    if (isThere(counts) && isThere(places)) return SpotFiles{folder / counts, folder / places};
  return fail(fmt::format(
      "Cannot read the spots in '{}': there is neither counts.tsv or counts.tsv.gz with spots.tsv, "
      "nor filtered_feature_bc_matrix.h5 with tissue_positions.csv.",
      folder.string()));
}

}  // namespace geneglass
