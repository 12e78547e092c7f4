// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/colour_mix.h"

namespace geneglass {

/// Several genes to be shown together: each in a colour of its own, or their mean.
struct GenesWish {
  struct Gene {
    std::string symbol;
    double deviation = 1;  ///< of its training labels, in the label's unit
    bool operator==(const Gene&) const = default;
  };
  std::string name;  ///< of a gene set; empty for genes that were picked
  std::vector<Gene> genes;
  std::optional<ColourMix> mix;  ///< none: their mean
  bool operator==(const GenesWish&) const = default;
};

/// What is shown of them over N tiles of a prediction's grid. Plain, constant, shared.
struct GenesTogether {
  static constexpr size_t kMostMixed = 5;

  struct Gene {
    std::string symbol;
    double heldOutR = 0;
    std::vector<float> values;  ///< N, label's unit
  };
  std::string name;
  std::optional<ColourMix> mix;
  std::string unit;         ///< of the genes' values
  std::vector<Gene> genes;  ///< of a mix, at most kMostMixed
  /// Of a mean: N, the mean over the genes of (value - training mean) / deviation of the training labels.
  std::vector<float> meanZ;
  double slideZ = 0;  ///< the same of the slide's values
  int named = 0;      ///< genes of the set
  int known = 0;      ///< of these in the model
  int used = 0;       ///< of these well predicted: what the mean is of
};

/// Reads as many maps as there are genes, one after another. Errors: none of the genes is well predicted, too
/// few or many for the mix, a gene of a mix that has no map, stopped, the heads' trouble.
Result<std::shared_ptr<const GenesTogether>> togetherOf(const Prediction& prediction, const GenesWish& wish,
                                                        std::stop_token stop = {});

}  // namespace geneglass
