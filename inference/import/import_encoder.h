// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/package/model_package.h"

namespace geneglass {

/// What is to become a package, and what its files may not say.
struct ImportRequest {
  std::filesystem::path source;       ///< .npz, .safetensors, or a folder: config.json with model.safetensors
                                      ///< or torchscript_model.pt
  std::filesystem::path out;          ///< the package's folder
  std::string licence;                ///< of the weights, for example "Apache-2.0"; else the source's
  double mpp = 0;                     ///< micrometres per pixel of the tiles it shall see; 0: the source's
  std::optional<int> tile;            ///< pixels a side; else the source's, else 224 or as its positions lie
  std::optional<int> lastBlock;       ///< where the network is cut; whole where it is none
  std::vector<float> mean = {};       ///< R G B of 0..1; else the source's, else ImageNet's for convolutions
  std::vector<float> deviation = {};  ///< likewise
  std::optional<int> heads = {};      ///< of a transformer; else the source's, else what is usual
  std::optional<TokenPool> pool = {};     ///< of a transformer; else the source's
  std::vector<std::string> classes = {};  ///< of its classifier of tiles, in the order of its outputs; else
                                          ///< the source's
};

/// Reads weights of other software and writes a package of the encoder, with a self test of what it gives
/// here; with the call "tissue", of tiles, where it is a classifier whose classes have names. Errors name the
/// source and the reason: a file that is none, weights of no architecture that is known, or that do not fit
/// it, no licence, what is not said and which option says it; or the package, where it cannot be written.
Result<ModelPackage> importEncoder(const ImportRequest& request);

}  // namespace geneglass
