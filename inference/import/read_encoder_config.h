// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "inference/import/encoder_config.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// What stands in a folder: timm's config.json (its own keys, or those of `pretrained_cfg` and `model_args`),
/// or that of transformers (`vision_config` in it where there is one) with preprocessor_config.json. Nothing
/// where there are none. WSInfer's config.json (wsinfer_config.h) as well. Errors name the file and the key:
/// no JSON, a key that is not as they write it.
Result<EncoderConfig> readEncoderConfig(const std::filesystem::path& folder);

}  // namespace geneglass
