// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "inference/package/precision.h"

namespace geneglass {

/// One convolution on its own, as fast as oneDNN computes it.
struct LayerRate {
  std::string name;
  double operations = 0;    ///< floating point (or whole number) operations for one tile
  double milliseconds = 0;  ///< for one tile, all threads working on tiles of their own
  int batch = 1;            ///< tiles a call at which that was reached
  bool winograd = false;
};

/// What oneDNN reaches on the layers of a built-in encoder, one at a time and nothing between them: the limit
/// that the encoder is measured against.
struct ConvolutionRates {
  std::vector<LayerRate> layers;
  double operations = 0;  ///< of all layers, for one tile
  double limit = 0;       ///< 10^9 operations a second
};

/// Seconds of measuring on `threads` threads, with made-up numbers. Errors: an encoder that is not built in,
/// a processor that lacks the instructions.
Result<ConvolutionRates> measureConvolutions(const ModelPackage& package, Precision precision, int threads);

}  // namespace geneglass
