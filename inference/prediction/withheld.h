// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/prediction/prediction.h"

namespace geneglass {

/// What is done with hotspots, calls and percentiles of a slide whose tissue is unlike the training tissue.
enum class OutsideTissue { Withheld, Shown };

/// Whether the slide's tissue is known to be unlike the training tissue.
inline bool isOutside(const Prediction& prediction) {
  return prediction.domain && prediction.domain->outside;
}

/// The same prediction without hotspots, without calls, and with percentiles that are no numbers (NaN): what
/// may be shown of a slide that isOutside() until somebody asks for all. Says so in Prediction::withheld.
Prediction withhold(const Prediction& prediction);

/// "unlike the tissue the model learnt from" with the share, and what follows from it, a sentence for people;
/// empty where the slide is not outside.
std::string outsideSentence(const Prediction& prediction);

}  // namespace geneglass
