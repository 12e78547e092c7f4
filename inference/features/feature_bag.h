// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "inference/prediction/tile_grid.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The features of one slide's tiles.
struct FeatureBag {
  Matrix features;  ///< N x D
  TileGrid grid;    ///< cells in the order of the rows of `features`
  std::string slideHash;
  std::string encoderHash;
  double mpp = 0;        ///< of level 0, micrometres per pixel
  int damagedTiles = 0;  ///< with tissue, left out since the file could not be read there
};

/// HDF5 as the field's other tools read it: `features` N x D float32, `coords` N x 2 int32 (level-0 px, upper
/// left corner), attributes slide_hash, encoder_hash, mpp, tile, stride, columns, rows, damaged_tiles.
/// Written whole or not at all.
Result<void> writeBag(const std::filesystem::path& file, const FeatureBag& bag);

/// Errors name the file: not HDF5, no `features`, lengths that differ. A bag of another tool has empty
/// hashes.
Result<FeatureBag> readBag(const std::filesystem::path& file);

}  // namespace geneglass
