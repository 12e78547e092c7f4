// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace geneglass {

inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Of a normal distribution, 95 % lies within so many deviations.
inline constexpr double kDeviations95 = 1.959963984540054;

/// Two series have the same length n. A figure that is not defined (too few values, a constant series) is
/// NaN.
double pearson(std::span<const double> x, std::span<const double> y);
double spearman(std::span<const double> x, std::span<const double> y);

double meanOf(std::span<const double> values);

/// Ranks 1..n; ties share the mean of their ranks.
std::vector<double> midRanks(std::span<const double> values);

/// Two-sided p of Pearson's r over n pairs: t = r sqrt((n - 2) / (1 - r^2)) with n - 2 degrees of freedom.
double pOfCorrelation(double r, int64_t n);

/// Two-sided p that two predictors, themselves correlated by `rBetween`, correlate with one truth by `rFirst`
/// and `rSecond` equally well over n cases. Steiger (1980) Psychological Bulletin 87, 245-251, equation 14:
/// Fisher's z with the covariance taken at the mean of the two correlations.
double pOfSteiger(double rFirst, double rSecond, double rBetween, int64_t n);

/// q of each p (Benjamini and Hochberg 1995). A p that is NaN counts as 1.
std::vector<double> benjaminiHochberg(std::span<const double> p);

/// 1 - residual / total sum of squares; below 0 where the mean of `truth` would do better.
double rSquared(std::span<const double> truth, std::span<const double> predicted);
double rootMeanSquareError(std::span<const double> truth, std::span<const double> predicted);

/// Area under the ROC curve: the chance that a positive has a higher value than a negative, ties counted
/// half.
double areaUnderRoc(std::span<const double> values, const std::vector<bool>& positive);

struct Interval {
  double low = 0;
  double high = 0;
};

/// 95 % percentile interval of Pearson's r; one entry is one patient, drawn with replacement. Same seed, same
/// interval.
Interval bootstrapPearson(std::span<const double> x, std::span<const double> y, int draws, uint64_t seed);

/// Value below which `share` (0..1) of the sorted values lie, linear between neighbours (R's type 7).
double quantileOfSorted(std::span<const double> sorted, double share);

double median(std::vector<double> values);

}  // namespace geneglass
