// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "inference/package/model_package.h"

namespace geneglass {

/// What is to become a package, and what its files may not say.
struct ImportRequest {
  std::filesystem::path source;  ///< .npz, .safetensors, or a folder of timm: config.json, model.safetensors
  std::filesystem::path out;     ///< the package's folder
  std::string licence;           ///< of the weights, for example "Apache-2.0"; else the source's
  double mpp = 0;                ///< micrometres per pixel of the tiles it shall see
  std::optional<int> tile;       ///< pixels a side; else the source's, else 224
  std::optional<int> lastBlock;  ///< where the network is cut; whole where it is none
};

/// Reads weights of other software and writes a package of the encoder on its own, with a self test of what
/// it gives here. Errors name the source and the reason: a file that is none, weights of no architecture that
/// is known, or that do not fit it, no licence; or the package, where it cannot be written.
Result<ModelPackage> importEncoder(const ImportRequest& request);

}  // namespace geneglass
