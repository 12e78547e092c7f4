// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/spots/spot_scores.h"

namespace geneglass {

/// What was compared with what, in words: for reports and pictures.
inline constexpr const char* kMeasuredValue =
    "log(1 + count / counts of the spot * median of the spots' counts), all genes of the table counted";
inline constexpr const char* kPredictedValue =
    "expression that a tile centred on the spot would be said to have";

/// "1 of 51 has no place; 2 are not on the slide; 3 have no counts": what a comparison is not of. Empty where
/// there is nothing.
std::string leftOutOf(const SpotComparison& comparison);

/// The comparison of the prediction for programs: one JSON object (interfaces.md); null where a figure is not
/// defined.
std::string spotsAsJson(const Prediction& prediction, const SpotComparison& comparison);

/// The same for people.
std::string spotsAsTable(const Prediction& prediction, const SpotComparison& comparison);

}  // namespace geneglass
