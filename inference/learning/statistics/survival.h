// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "inference/learning/statistics/statistics.h"

namespace geneglass {

/// How long one patient was followed, in any unit from 0 on, and whether that ended with the event.
struct FollowUp {
  double time = 0;
  bool event = false;  ///< false: censored then, still without it
};

/// A step of a survival curve, at a time when somebody had the event or was censored.
struct SurvivalStep {
  double time = 0;
  size_t atRisk = 0;  ///< followed just before it
  size_t events = 0;
  size_t censored = 0;
  double survival = 1;  ///< from this time on
  Interval ci;          ///< 95 %, on the logarithm's scale by Greenwood's variance; NaN where survival is 0
};

/// Kaplan and Meier's estimate (1958, JASA 53, 457-481), as R's survfit() gives it: a step for each different
/// time, rising; those censored at a time of events were at risk of them.
std::vector<SurvivalStep> kaplanMeier(std::span<const FollowUp> patients);

/// The least time at which survival is at most one half, half-way through the step where it is just that;
/// NaN: not reached.
double medianSurvival(std::span<const SurvivalStep> curve);

/// Whether groups differ in survival.
struct LogRank {
  double chiSquared = kUndefined;  ///< NaN: fewer than two groups of whom somebody was at risk of an event
  int freedom = 0;
  double p = kUndefined;
  std::vector<double> observed;  ///< events of each group
  std::vector<double> expected;  ///< if all groups had one curve
};

/// The log-rank test of K groups (Mantel 1966; Peto and Peto 1972), ties by the hypergeometric variance, as
/// R's survdiff() gives it. `group`: of each patient, below `groups`; groups of whom nobody was at risk of an
/// event do not count.
LogRank logRank(std::span<const FollowUp> patients, std::span<const size_t> group, size_t groups);

/// How well a score tells who has the event first: of pairs of which that is known, the part in which the
/// higher score has it first, equal scores counted half (Harrell et al. 1982, JAMA 247, 2543-2546).
struct Concordance {
  double c = kUndefined;  ///< 0.5: not at all; NaN: no pair can be compared
  Interval ci{kUndefined, kUndefined};
  double deviation = kUndefined;  ///< of c, by the infinitesimal jackknife over patients
  size_t pairs = 0;               ///< compared: one has the event, and the other was followed longer, or as
                                  ///< long and then censored
};

/// As R's concordance(reverse = TRUE) gives it; the interval of 95 % is c +- 1.96 deviations, within 0 and 1.
/// n^2 / 2 comparisons.
Concordance concordance(std::span<const FollowUp> patients, std::span<const double> risk);

}  // namespace geneglass
