// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "inference/package/model_package.h"

namespace geneglass::testing {

/// Writes a model package of random weights, the same every time: the colorectal panel, tiles of `tilePixels`
/// at 1 um/px. It predicts nothing; it only runs. Drivers are marked as not predictable.
Result<ModelPackage> writeRandomPackage(const std::filesystem::path& folder, int tilePixels);

}  // namespace geneglass::testing
