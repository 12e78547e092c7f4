// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/tile_network.h"
#include "viewer/foundation/tensor_file.h"

namespace geneglass {

/// A vision transformer on oneDNN, float32: weights reordered once; bias, GELU and the residual sums fused to
/// the products; each thread's memory allocated once, and nothing for a tile. After the last attention only
/// the tokens that are pooled are computed. A tile's features are the same bit for bit whichever tiles and
/// threads it is computed with. A stop is asked twice a block. Errors, to follow "...: ": tensors that do not
/// fit, a network oneDNN cannot run.
Result<std::unique_ptr<TileNetwork>> makeTransformer(const EncoderFacts& facts, TensorFile tensors);

}  // namespace geneglass
