// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/package/precision.h"

namespace geneglass {

/// How an int8 number stands for an activation: value = size x number.
struct Int8Scales {
  std::vector<float> activations;  ///< one size for what each convolution of the network writes, in its order
};

/// int8 as it was calibrated when a model package was made, and how well it agreed with float32 there.
struct Int8Facts {
  static constexpr double kLeastR = 0.999;            ///< that makes it the default,
  static constexpr double kLargestDifference = 0.01;  ///< together with this,
  static constexpr double kLargestChange = 0.01;      ///< and, where there is a call, with this

  Int8Scales scales;
  int calibrationTiles = 0;
  int checkedTiles = 0;
  int checkedSlides = 0;
  double leastR = 0;             ///< of all genes: Pearson over the tiles, int8 against float32
  std::string leastRGene;        ///< the gene it is of
  double largestDifference = 0;  ///< of all genes and slides: of the slide's value, in standard deviations of
                                 ///< the gene's slide values
  std::string largestDifferenceGene;
  std::optional<double>
      largestChange;  ///< of all slides and classes: of a probability; none where it was not measured

  bool agrees() const {
    return leastR >= kLeastR && largestDifference <= kLargestDifference &&
           (!largestChange || *largestChange <= kLargestChange);
  }
};

/// Does this processor multiply int8 without saturating in between (AVX-512 VNNI)? Where it does not, int8
/// would give other numbers than elsewhere. ONEDNN_MAX_CPU_ISA is heeded.
bool processorHasInt8();

}  // namespace geneglass
