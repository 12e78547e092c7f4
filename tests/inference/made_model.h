// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass::testing {

/// Numbers that look random and are the same on every machine, within -1 .. 1.
std::vector<float> madeNumbers(size_t count, unsigned seed);

/// A residual network with batch norms, named as torchvision does.
TensorFile madeResNet(const std::vector<int>& blocks, const std::vector<int>& channels, unsigned seed,
                      ResidualBlock block = ResidualBlock::Basic);

/// head.h5 of the sizes D, H, A, G.
TensorFile madeHead(int features, int embedding, int attention, int genes, unsigned seed);

/// The sizes D, H, A, G, O of a gated head, and whether it pools extremes.
struct GatedSides {
  int64_t features = 6;
  int64_t embedding = 5;
  int64_t attention = 4;
  int64_t branches = 3;
  int64_t outputs = 1;
  bool extremes = false;
};
TensorFile madeGatedHead(const GatedSides& sides, unsigned seed);

/// A package with a network of blocks 1 1, channels 4 6, tiles of 32 px at 1 um, and `genes` genes, all well
/// predicted.
ModelPackage madeModel(const std::filesystem::path& folder, int genes = 3);

/// A package of the colorectal panel over one block of so many channels (the more, the slower), tiles of
/// `tilePixels` at 1 um. It predicts nothing; it only runs. Drivers are marked as not predictable.
Result<ModelPackage> writeRandomPackage(const std::filesystem::path& folder, int tilePixels,
                                        int channels = 16);

}  // namespace geneglass::testing
