// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "inference/prediction/prediction.h"

namespace geneglass {

/// What a prediction is of, and whose it is, as every JSON about it begins (interfaces.md).
nlohmann::json slideAsJson(const Prediction& prediction);
nlohmann::json modelAsJson(const Prediction& prediction);

}  // namespace geneglass
