// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The maps as an OME-TIFF, whole or not at all: a channel of 32-bit floats for the expression of each gene
/// that the model predicts well, and one for the evidence where it calls tumour or normal. A pixel is a cell
/// of the prediction's grid, NaN where no tile lies; its size in micrometres and the place of the first one
/// on the slide (PositionX, PositionY) put the maps over the slide. `maps`: the prediction's finished
/// NAME.maps.h5. Errors name the file: no map that may be shown, the disk's.
Result<void> writeOmeMaps(const std::filesystem::path& file, const Prediction& prediction,
                          const std::filesystem::path& maps);

}  // namespace geneglass
