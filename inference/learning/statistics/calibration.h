// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "inference/learning/statistics/statistics.h"
#include "inference/prediction/slide_call.h"

namespace geneglass {

/// Platt's scaling: slope and offset of greatest likelihood, the targets drawn in to (n+ + 1) / (n+ + 2) and
/// 1 / (n- + 2), so that scores told apart without error still give a finite slope (Platt 1999; Lin, Lin and
/// Weng 2007, Machine Learning 68, 267-276). Needs both kinds.
ProbabilityScale plattCalibration(std::span<const double> scores, const std::vector<bool>& positive);

/// Entries whose probability lies in one tenth of [0, 1].
struct ReliabilityBin {
  double predicted = 0;  ///< mean probability
  double observed = 0;   ///< share that is positive
  Interval ci;           ///< of `observed`: wilsonInterval
  int count = 0;         ///< above 0
};

/// Bins of equal width from 0 to 1, those that nothing falls into left out.
std::vector<ReliabilityBin> reliability(std::span<const double> probabilities,
                                        const std::vector<bool>& positive, int bins = 10);

/// Mean of |predicted - observed| over the bins, each as heavy as it has entries (Naeini et al. 2015).
double expectedCalibrationError(const std::vector<ReliabilityBin>& bins);

/// 95 % score interval of a share (Wilson 1927).
Interval wilsonInterval(double successes, double trials);

}  // namespace geneglass
