// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/tile_network.h"
#include "inference/package/precision.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// A vision transformer on oneDNN: weights reordered once; bias, GELU and the residual sums fused to the
/// products; in bfloat16 these and attention's products multiply so and add in float32, and what is added up
/// from block to block, norms and softmax stay float32; each thread's memory allocated once, and nothing for
/// a tile. After the last attention only the tokens that are pooled are computed. A tile's features are the
/// same bit for bit whichever tiles and threads it is computed with. A stop is asked twice a block. Errors,
/// to follow "...: ": tensors that do not fit, a network oneDNN cannot run.
Result<std::unique_ptr<TileNetwork>> makeTransformer(const EncoderFacts& facts, TensorFile tensors,
                                                     Precision precision = Precision::Float32);

}  // namespace geneglass
