// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/kept_tiles.h"

#include <algorithm>

#include "inference/tissue/tile_state.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

std::optional<KeptTiles> keptTiles(const std::filesystem::path& growing) {
  std::error_code error;
  if (!std::filesystem::exists(growing, error)) return {};
  KeptTiles kept;
  const auto count = [&](H5::H5File& file) -> Result<void> {
    const std::vector<double> states = readDoubles(file.openDataSet("state"));
    kept.all = states.size();
    kept.done = states.size() - size_t(std::ranges::count(states, double(TileState::Waiting)));
    return {};
  };
  const Result<void> read = readHdf5(growing, count, Hdf5Origin::Cache);
  if (!read || kept.done == 0) return {};
  return kept;
}

}  // namespace geneglass
