// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "inference/package/model_package.h"
#include "viewer/foundation/matrix.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Runs what the package's author stored, where there is a self_test.h5: `inputs` n x tile x tile x 3 (uint8,
/// RGB) and `outputs` n x D, attribute `tolerance` (of the largest difference, relative to the largest
/// output; 0.001 where absent). `encode`: Encoder::encode of the package's encoder. Errors name the package:
/// other features than were stored, a file that does not fit.
Result<void> checkSelfTest(const ModelPackage& package,
                           const std::function<Result<Matrix>(std::span<const Image>)>& encode);

/// Writes such a file; one output a tile. Errors name the file.
Result<void> writeSelfTest(const std::filesystem::path& file, std::span<const Image> tiles,
                           const Matrix& features);

}  // namespace geneglass
