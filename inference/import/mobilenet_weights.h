// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/import/foreign_encoder.h"

namespace geneglass {

/// MobileNetV2 as the ONNX model zoo's mobilenetv2-7 numbers its convolutions: conv_0_weight, conv_0_bias to
/// conv_95_..., batch norms folded; of any width. Blocks are numbered from 0, the first that expands, to 15.
ForeignFamily numberedMobileNet();

}  // namespace geneglass
