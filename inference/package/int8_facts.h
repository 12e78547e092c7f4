// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/package/agreement.h"

namespace geneglass {

/// How an int8 number stands for an activation: value = size x number.
struct Int8Scales {
  std::vector<float> activations;  ///< one size for what each convolution of the network writes, in its order
};

/// int8 as it was calibrated when a model package was made, and how well it agreed with float32 there.
struct Int8Facts {
  Int8Scales scales;
  int calibrationTiles = 0;
  Agreement agreement;
};

}  // namespace geneglass
