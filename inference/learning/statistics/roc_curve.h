// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "inference/learning/statistics/statistics.h"

namespace geneglass {

/// Where a rule "positive from this score on" stands.
struct RocPoint {
  double falsePositives = 0;  ///< share of the negatives called positive
  double truePositives = 0;   ///< share of the positives called positive
};

/// From (0, 0) to (1, 1), a point for each different score, the highest first. Empty where there are not both
/// kinds.
std::vector<RocPoint> rocCurve(std::span<const double> scores, const std::vector<bool>& positive);

/// 95 % percentile interval of the area under the ROC curve: patients are drawn with replacement, each with
/// all of its entries; draws without both kinds do not count. Same seed, same interval.
Interval bootstrapAuc(std::span<const double> scores, const std::vector<bool>& positive,
                      std::span<const size_t> patient, int draws, uint64_t seed);

/// 95 % interval of an area found on so many positives and negatives: the areas theta with
/// |area - theta| <= 1.96 sqrt(V(theta)),
/// V = theta (1 - theta) (1 + N (1 - theta) / (2 - theta) + N theta / (1 + theta)) / (m n), N = (m + n) / 2 -
/// 1 (Newcombe 2006, Statistics in Medicine 25, 559-573, method 5). Unlike resampling it has a width where
/// the two kinds are told apart without error.
Interval newcombeInterval(double area, double positives, double negatives);

/// The interval that is reported: the bootstrap by patient, widened at either end to Newcombe's with as many
/// positives and negatives as patients who have one.
Interval aucInterval(std::span<const double> scores, const std::vector<bool>& positive,
                     std::span<const size_t> patient, uint64_t seed);

}  // namespace geneglass
