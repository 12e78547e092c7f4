// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/package/transformer_facts.h"
#include "viewer/foundation/result.h"

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

/// What stands in a folder: timm's config.json (its own keys, or those of `pretrained_cfg` and `model_args`),
/// or that of transformers (`vision_config` in it where there is one) with preprocessor_config.json. Nothing
/// where there are none. WSInfer's config.json (wsinfer_config.h) as well. Errors name the file and the key:
/// no JSON, a key that is not as they write it.
Result<EncoderConfig> readEncoderConfig(const std::filesystem::path& folder);

}  // namespace geneglass
