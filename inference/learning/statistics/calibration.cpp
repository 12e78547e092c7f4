// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/calibration.h"

#include <algorithm>
#include <cmath>

#include "inference/learning/statistics/statistics.h"

namespace geneglass {
namespace {

/// Cross entropy of targets and probabilities, its gradient and curvature in (slope, offset).
struct Likelihood {
  double loss = 0;
  double slope = 0, offset = 0;
  double slopeSlope = 0, slopeOffset = 0, offsetOffset = 0;
};

Likelihood likelihoodOf(std::span<const double> scores, const std::vector<double>& targets,
                        const ProbabilityScale& at) {
  Likelihood sum;
  for (size_t i = 0; i < scores.size(); ++i) {
    const double x = at.slope * scores[i] + at.offset, p = at.probability(scores[i]);
    // -t log p - (1 - t) log(1 - p), with log(1 + e^x) written so that it never overflows
    sum.loss += std::fmax(x, 0) + std::log1p(std::exp(-std::abs(x))) - targets[i] * x;
    const double gradient = p - targets[i], curvature = p * (1 - p);
    sum.slope += gradient * scores[i];
    sum.offset += gradient;
    sum.slopeSlope += curvature * scores[i] * scores[i];
    sum.slopeOffset += curvature * scores[i];
    sum.offsetOffset += curvature;
  }
  return sum;
}

/// Newton's step, halved until the loss falls; false where none does.
bool improve(std::span<const double> scores, const std::vector<double>& targets, ProbabilityScale& at) {
  constexpr double kRidge = 1e-12;  // keeps the curvature invertible
  const Likelihood here = likelihoodOf(scores, targets, at);
  const double a = here.slopeSlope + kRidge, b = here.slopeOffset, c = here.offsetOffset + kRidge;
  const double determinant = a * c - b * b;
  const double slope = (c * here.slope - b * here.offset) / determinant;
  const double offset = (a * here.offset - b * here.slope) / determinant;
  for (double step = 1; step > 1e-10; step /= 2) {
    const ProbabilityScale next{at.slope - step * slope, at.offset - step * offset};
    if (likelihoodOf(scores, targets, next).loss < here.loss) {
      at = next;
      return true;
    }
  }
  return false;
}

}  // namespace

ProbabilityScale plattCalibration(std::span<const double> scores, const std::vector<bool>& positive) {
  constexpr int kMostSteps = 100;
  const double positives = double(std::count(positive.begin(), positive.end(), true));
  const double negatives = double(positive.size()) - positives;
  std::vector<double> targets;
  for (const bool is : positive)
    targets.push_back(is ? (positives + 1) / (positives + 2) : 1 / (negatives + 2));
  ProbabilityScale calibration{0, std::log((positives + 1) / (negatives + 1))};
  for (int step = 0; step < kMostSteps && improve(scores, targets, calibration); ++step) {
  }
  return calibration;
}

std::vector<ReliabilityBin> reliability(std::span<const double> probabilities,
                                        const std::vector<bool>& positive, int bins) {
  std::vector<ReliabilityBin> all(static_cast<size_t>(bins));
  for (size_t i = 0; i < probabilities.size(); ++i) {
    const int place = std::clamp(int(probabilities[i] * bins), 0, bins - 1);
    ReliabilityBin& bin = all[size_t(place)];
    bin.predicted += probabilities[i];
    bin.observed += positive[i] ? 1 : 0;
    ++bin.count;
  }
  std::erase_if(all, [](const ReliabilityBin& bin) { return bin.count == 0; });
  for (ReliabilityBin& bin : all) {
    bin.ci = wilsonInterval(bin.observed, bin.count);
    bin.predicted /= bin.count;
    bin.observed /= bin.count;
  }
  return all;
}

double expectedCalibrationError(const std::vector<ReliabilityBin>& bins) {
  double sum = 0, count = 0;
  for (const ReliabilityBin& bin : bins) {
    sum += bin.count * std::abs(bin.predicted - bin.observed);
    count += bin.count;
  }
  return sum / count;
}

Interval wilsonInterval(double successes, double trials) {
  const double share = successes / trials, square = kDeviations95 * kDeviations95;
  const double middle = share + square / (2 * trials);
  const double half =
      kDeviations95 * std::sqrt(share * (1 - share) / trials + square / (4 * trials * trials));
  const double whole = 1 + square / trials;
  return {std::fmax(0, (middle - half) / whole), std::fmin(1, (middle + half) / whole)};
}

}  // namespace geneglass
