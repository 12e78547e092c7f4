// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "inference/learning/pretraining/pretrain_options.h"

namespace geneglass {

/// What a pretraining would learn from, and what it would make.
struct PretrainingFacts {
  size_t slides = 0;
  size_t pictures = 0;
  EncoderFacts encoder;
  int epochs = 0;
  bool goesOn = false;  ///< an earlier run of this name left something to go on from
};

/// Asks what pretrainEncoder() refuses before it reads a tile, with the same sentences: a package that is
/// there already, a start it cannot use, sources without slides or pictures, a slide that cannot be opened or
/// does not say how large its pixels are. Opens every slide. Loads no LibTorch; any thread.
Result<PretrainingFacts> checkPretraining(const PretrainOptions& options, const std::stop_token& stop);

/// The package whose encoder contrast begins with. Errors: no package, an encoder in TorchScript.
Result<ModelPackage> openStart(const std::filesystem::path& folder);

/// What contrast keeps itself in while it runs: OUT.state.
std::filesystem::path contrastStateOf(const std::filesystem::path& out);

}  // namespace geneglass
