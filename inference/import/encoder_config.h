// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/package/transformer_facts.h"

namespace geneglass {

/// What is said of an encoder beside its tensors.
struct EncoderConfig {
  std::vector<float> mean, deviation;  ///< R G B of values 0..1; empty where it does not say
  std::optional<int> tile;             ///< pixels a side
  std::string licence;                 ///< empty where it does not say
  std::optional<double> mpp;           ///< micrometres a pixel of its tiles
  std::string architecture;            ///< as WSInfer's config.json names it
  std::vector<std::string> classes;    ///< of tiles, in the order of the classifier's outputs
  // of transformers
  std::optional<int> heads;
  std::optional<double> epsilon;  ///< of the layer norms
  std::string activation;         ///< as it is written; empty where it does not say
  std::optional<TokenPool> pool;
};

}  // namespace geneglass
