// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// encoder.h5 of a "vit": patch.weight [across, 3, patch, patch]; position [patches, across] with the bias of
/// patches in it; prefix [prefix, across] with its positions in it; of each block blocks.N.norm1, qkv
/// (queries, keys and values, one below the other), proj, norm2, fc1 (swiglu: both halves), fc2, each .weight
/// and .bias, factors of layers (LayerScale) in proj and fc2. Where the network has them: first_norm of all
/// tokens before the blocks, norm after them, pool_norm of the pooled tokens, projection.weight [width,
/// pooled]. Errors, to follow "...: ": a tensor that is missing, unknown or of another shape.
Result<void> checkTransformer(const EncoderFacts& facts, const TensorFile& tensors);

/// Numbers that pooled tokens have.
int pooledOf(const TransformerFacts& facts);

}  // namespace geneglass
