// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>

#include "inference/prediction/prediction.h"

namespace geneglass {

/// Whether the slides that the model learnt from and was judged on were made, not tissue, as its package
/// says: its held-out figures say nothing of real tissue then. An encoder alone that saw made slides does not
/// count, since the heads were judged on others.
inline bool isJudgedOnSynthetic(const Prediction& prediction) {
  const std::string& statement = prediction.modelStatement;
  const bool says = statement.find("synthetic") != std::string::npos &&
                    statement.find("encoder trained on synthetic") == std::string::npos;
  return says ||
         std::ranges::any_of(prediction.calls, [](const SlideCall& call) { return call.facts.synthetic; });
}

}  // namespace geneglass
