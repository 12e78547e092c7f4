// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/encoder.h"

namespace geneglass {

/// Runs what the package's author stored, where there is a self_test.h5: `inputs` n x tile x tile x 3 (uint8,
/// RGB) and `outputs` n x D, attribute `tolerance` (of the largest difference, relative to the largest
/// output; 0.001 where absent). Errors name the package: other features than were stored, a file that does
/// not fit.
Result<void> checkSelfTest(Encoder& encoder, const ModelPackage& package);

}  // namespace geneglass
