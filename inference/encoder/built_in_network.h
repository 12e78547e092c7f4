// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/tile_network.h"
#include "inference/package/int8_facts.h"
#include "inference/package/precision.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// What computes an encoder of a built-in architecture: convolutions or a transformer. `tensors`: those of
/// encoder.h5; `int8`: what Precision::Int8 needs, of convolutions only; bfloat16: of transformers only.
/// Errors, to follow "...: ": tensors or scales that do not fit, a network oneDNN cannot run.
Result<std::unique_ptr<TileNetwork>> makeBuiltInNetwork(const EncoderFacts& facts, TensorFile tensors,
                                                        Precision precision = Precision::Float32,
                                                        const Int8Scales* int8 = nullptr);

}  // namespace geneglass
