// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/prediction/slide_quality.h"
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
  std::string key;  ///< all that decides them, see FeatureStore; empty in bags of other tools
  double mpp = 0;   ///< of level 0, micrometres per pixel
  std::optional<SlideQuality> quality = {};  ///< none in bags that do not say
  int damagedTiles = 0;                      ///< with tissue, left out since the file could not be read there
  std::string slideName = {};                ///< as another tool's bag says it; empty: it does not
  Size slideSize = {};                       ///< level 0, as another tool's bag says it; 0 x 0: it does not
  int64_t slideSizeWithin = 0;               ///< by how much that may be off, pixels
  std::filesystem::path file = {};           ///< that it was read from; empty for one that was computed
};

/// HDF5 as the field's other tools read it: `features` N x D float32, `coords` N x 2 int32 (level-0 px, upper
/// left corner), attributes slide_hash, encoder_hash, feature_key, mpp, tile, stride, columns, rows,
/// damaged_tiles and what bag_quality.h tells of; and check sums (row_check.h): `row_crc32` N, attribute
/// facts_crc32. Written whole or not at all.
Result<void> writeBag(const std::filesystem::path& file, const FeatureBag& bag);

/// A bag of whatever tool, complete or growing; another tool's has empty hashes and no check sums. Its tiles
/// are rectangles and may lie anywhere (layForeignTiles); their unit and side are what the file says of them.
/// Places in micrometres become level-0 pixels of `mpp` micrometres. A first dimension of 1 is passed over.
/// What ends in .pt is a tensor that torch.save() wrote (torch_bag.h). Errors name the file: not HDF5, no
/// `features`, lengths that differ, a number out of its range, tiles of a side that nothing says, places in
/// micrometres without `mpp`, a check sum that does not fit, features of another width than `width`, which is
/// told before they are read.
Result<FeatureBag> readBag(const std::filesystem::path& file, std::optional<double> mpp = {},
                           std::optional<size_t> width = {});

/// The same for who only learns from the features: another tool's tiles stand one after another, wherever
/// they lie.
Result<FeatureBag> readBagWithoutPlaces(const std::filesystem::path& file);

/// The hash of the slide that a bag is of, or is a part of; empty where it does not say, or cannot be read.
std::string slideHashOf(const std::filesystem::path& file);

/// The rows of a bag of ours whose check sums fit, and how many do not.
struct SoundRows {
  FeatureBag bag;
  size_t unsound = 0;
};
/// Errors as readBag(), and a bag without check sums.
Result<SoundRows> readSoundRows(const std::filesystem::path& file);

}  // namespace geneglass
