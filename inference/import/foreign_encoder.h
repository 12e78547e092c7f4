// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "inference/import/encoder_config.h"
#include "inference/import/tile_classifier.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// An encoder of other software, in this program's terms: batch norms folded, tensors named as encoder.h5
/// names them.
struct ForeignEncoder {
  EncoderFacts facts;                             ///< mpp and weights left as they are
  TensorFile tensors;                             ///< none of a script
  std::filesystem::path script = {};              ///< a TorchScript module; empty of a built-in architecture
  std::optional<double> mpp = {};                 ///< where its family is of one
  std::optional<TileClassifier> classifier = {};  ///< of its features
};

/// What the tensors do not say themselves.
struct ForeignHints {
  EncoderConfig said;            ///< by the request, else by the source's other files
  std::optional<int> lastBlock;  ///< the network is cut after this block; whole where it is none
};

/// One architecture under one way of naming its tensors.
struct ForeignFamily {
  bool (*recognises)(const TensorFile& tensors);
  /// Errors, to follow "...: ": a tensor that is missing, unknown or of another shape; a block that it does
  /// not have; what neither tensors nor files say, with the option that does.
  Result<ForeignEncoder> (*read)(TensorFile tensors, const ForeignHints& hints);
};

}  // namespace geneglass
