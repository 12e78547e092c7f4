// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What timm's config.json says of an encoder: its own keys, or those of `pretrained_cfg`.
struct EncoderConfig {
  std::vector<float> mean, deviation;  ///< R G B of values 0..1; empty where it does not say
  std::optional<int> tile;             ///< pixels a side
  std::string licence;                 ///< empty where it does not say
};

/// Errors name the file and the key: no JSON, a key that is not as timm writes it.
Result<EncoderConfig> readEncoderConfig(const std::filesystem::path& file);

}  // namespace geneglass
