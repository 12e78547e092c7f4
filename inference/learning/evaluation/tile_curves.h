// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "inference/head/slide_head.h"

namespace geneglass {

/// One point of a curve: mean over cases with its 95 % interval (normal).
struct CurvePoint {
  double share = 0;  ///< of the tiles removed (deletion) or shown (insertion)
  double mean = 0;
  double low = 0;
  double high = 0;
};

/// How far a prediction moves from that of the whole bag, in standard deviations of the training labels,
/// when tiles are removed or shown alone: those of most attention first, or in a random order.
struct TileCurves {
  std::vector<CurvePoint> deletionByAttention;
  std::vector<CurvePoint> deletionAtRandom;
  std::vector<CurvePoint> insertionByAttention;
  std::vector<CurvePoint> insertionAtRandom;
  int cases = 0;
  int genes = 0;
};

/// Gathers the curves case by case: a case's value is the mean over the chosen genes, the random order's the
/// mean of several drawn ones. What the rest of a bag says follows from the maps, Y(S) = baseline + sum_S C_i
/// / sum_S A_i: exact for one head that pools by attention where no clamp is active; for an ensemble with the
/// attention of its mean.
class TileCurveScores final {
 public:
  TileCurveScores(std::vector<size_t> genes, std::vector<double> deviations, uint64_t seed);

  void add(const BagPrediction& prediction);
  TileCurves curves() const;

 private:
  std::vector<size_t> m_genes;       ///< of the prediction
  std::vector<double> m_deviations;  ///< of all genes of the prediction
  uint64_t m_seed;
  std::vector<std::vector<double>> m_cases[4];  ///< in the order of TileCurves: cases x shares
};

}  // namespace geneglass
