// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Writes FOLDER/NAME.prediction.json and FOLDER/NAME.maps.h5 with the keys of interfaces.md, whole or not at
/// all; `evidence` (N, SlideDiagnosis) where there is a diagnosis. In the HDF5 file `attention` holds a_i
/// (each gene sums to 1), and `coords` level-0 upper left corners.
Result<void> writePrediction(const std::filesystem::path& folder, const std::string& name,
                             const Prediction& prediction);

}  // namespace geneglass
