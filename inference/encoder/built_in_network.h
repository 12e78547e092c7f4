// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/tile_network.h"
#include "inference/package/int8_facts.h"
#include "viewer/foundation/tensor_file.h"

namespace geneglass {

/// What computes an encoder of a built-in architecture: convolutions or a transformer. `tensors`: those of
/// encoder.h5; `int8`: convolutions only, null: float32. Errors, to follow "...: ": tensors or scales that do
/// not fit, a network oneDNN cannot run.
Result<std::unique_ptr<TileNetwork>> makeBuiltInNetwork(const EncoderFacts& facts, TensorFile tensors,
                                                        const Int8Scales* int8 = nullptr);

}  // namespace geneglass
