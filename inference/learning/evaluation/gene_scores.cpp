// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/gene_scores.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

constexpr int kBootstrapDraws = 2000;

/// One gene's cases with a known label.
struct Series {
  std::vector<double> truth;
  std::vector<double> predicted;
  std::vector<double> untrained;
};

Series seriesOf(const Matrix& truth, const Matrix& predicted, const Matrix& untrained, size_t gene) {
  Series series;
  for (size_t i = 0; i < truth.rows; ++i) {
    if (std::isnan(truth.at(i, gene))) continue;
    series.truth.push_back(truth.at(i, gene));
    series.predicted.push_back(predicted.at(i, gene));
    series.untrained.push_back(untrained.at(i, gene));
  }
  return series;
}

GeneScore scoreOf(const std::string& symbol, const Series& series, uint64_t seed) {
  GeneScore score;
  score.symbol = symbol;
  score.cases = int(series.truth.size());
  score.r = pearson(series.truth, series.predicted);
  score.ci = bootstrapPearson(series.truth, series.predicted, kBootstrapDraws, seed);
  score.p = pOfCorrelation(score.r, score.cases);
  score.spearman = spearman(series.truth, series.predicted);
  score.r2 = rSquared(series.truth, series.predicted);
  score.rmse = rootMeanSquareError(series.truth, series.predicted);
  score.untrainedR = pearson(series.truth, series.untrained);
  score.untrainedRmse = rootMeanSquareError(series.truth, series.untrained);
  score.steigerP =
      pOfSteiger(score.r, score.untrainedR, pearson(series.predicted, series.untrained), score.cases);
  return score;
}

}  // namespace

bool followsTheRule(const GeneScore& score) {
  return score.r > 0 && score.p < 0.05 && score.rmse < score.untrainedRmse && score.r > score.untrainedR &&
         score.steigerP < 0.05 && score.steigerQ < 0.2;
}

std::vector<GeneScore> scoreGenes(const std::vector<std::string>& symbols, const Matrix& truth,
                                  const Matrix& predicted, const Matrix& untrained, uint64_t seed) {
  std::vector<GeneScore> scores;
  std::vector<double> p;
  for (size_t gene = 0; gene < symbols.size(); ++gene) {
    scores.push_back(scoreOf(symbols[gene], seriesOf(truth, predicted, untrained, gene), seed));
    p.push_back(scores.back().steigerP);
  }
  const std::vector<double> q = benjaminiHochberg(p);
  for (size_t gene = 0; gene < scores.size(); ++gene) {
    scores[gene].steigerQ = q[gene];
    scores[gene].wellPredicted = followsTheRule(scores[gene]);
  }
  return scores;
}

std::vector<float> percentilesOf(const Matrix& values, size_t column) {
  std::vector<double> sorted;
  for (size_t row = 0; row < values.rows; ++row) sorted.push_back(values.at(row, column));
  std::sort(sorted.begin(), sorted.end());
  std::vector<float> percentiles;
  for (int percent = 0; percent <= 100; ++percent)
    percentiles.push_back(float(quantileOfSorted(sorted, percent / 100.0)));
  return percentiles;
}

}  // namespace geneglass
