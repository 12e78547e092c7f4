// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/import/foreign_encoder.h"

namespace geneglass {

/// Vision transformers under the names of timm, of DINOv2's own code and of transformers (ViT, DINOv2, the
/// image half of CLIP): registers, LayerScale, GELU or a packed SwiGLU, queries' biases or none, positions
/// with or without the class token's, interpolated where tiles are of another size. Cut after a block, the
/// last norm follows it. What neither tensors nor files say is asked for.
ForeignFamily namedTransformer();

}  // namespace geneglass
