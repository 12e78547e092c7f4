// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "inference/import/encoder_config.h"

namespace geneglass {

/// Whether a config.json is of WSInfer's model zoo.
bool isWsInfer(const nlohmann::json& document);

/// Of such a config.json: `patch_size_pixels` of `spacing_um_px` each are resized, made numbers from 0 to 1
/// and normalised as `transform` says; tiles are read at the resized side right away. `class_names`, in the
/// order of the outputs. Throws std::runtime_error with the reason: a key that is missing or not so, a
/// transform that is not understood, a model of slides.
void parseWsInfer(const nlohmann::json& document, EncoderConfig& config);

}  // namespace geneglass
