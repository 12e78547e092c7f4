// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "inference/package/model_package.h"
#include "viewer/foundation/tensor_file.h"

namespace geneglass {

/// An encoder of other software, in this program's terms: batch norms folded, tensors named as encoder.h5
/// names them.
struct ForeignEncoder {
  EncoderFacts facts;  ///< mpp and weights left as they are
  TensorFile tensors;
};

/// One architecture under one way of naming its tensors.
struct ForeignFamily {
  bool (*recognises)(const TensorFile& tensors);
  /// `lastBlock`: the network is cut after this block; whole where it is none. Errors, to follow "...: ": a
  /// tensor that is missing, unknown or of another shape; a block that it does not have.
  Result<ForeignEncoder> (*read)(TensorFile tensors, std::optional<int> lastBlock);
};

}  // namespace geneglass
