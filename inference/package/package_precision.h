// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/package/model_package.h"
#include "inference/package/precision.h"

namespace geneglass {

/// What features are named by: the encoder's hash for float32 and tiles of one size, else one of its own.
/// Bags bear it.
std::string featuresHash(const ModelPackage& package, Precision precision);

/// Int8 or bfloat16 where the package says that it agrees with float32 in all it predicts (a diagnosis that
/// was added after the calibration was not compared) and the processor has the instructions.
Precision defaultPrecision(const ModelPackage& package);

}  // namespace geneglass
