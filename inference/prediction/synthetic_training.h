// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "inference/prediction/prediction.h"
#include "inference/prediction/synthetic_statement.h"

namespace geneglass {

/// Whether the slides that the model was judged on were made, not tissue, as its package says.
inline bool isJudgedOnSynthetic(const Prediction& prediction) {
  return saysJudgedOnSynthetic(prediction.modelStatement) ||
         std::ranges::any_of(prediction.calls, [](const SlideCall& call) { return call.facts.synthetic; });
}

}  // namespace geneglass
