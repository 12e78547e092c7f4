// SPDX-License-Identifier: GPL-3.0-or-later
// How often the rule "well predicted" believes genes that follow nothing: 20 seeds of drawn bags, 10 genes
// that follow the tiles and 40 that do not, trained and judged out of fold as recipe `geneglass` does.
//   bench_null_genes [SEEDS 20] [CASES 60]
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>

#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/evaluation/gene_scores.h"
#include "inference/learning/heads/cross_validation.h"

using namespace geneglass;

namespace {

constexpr size_t kFeatures = 12, kHidden = 5, kPlanted = 10, kNull = 40, kTiles = 20;

struct Drawn {
  std::vector<Matrix> bags;
  Matrix labels;
  std::vector<std::string> symbols;
};

Drawn draw(size_t cases, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  Matrix mixing(kHidden, kFeatures);
  for (float& value : mixing.values) value = normal(random);
  Drawn drawn{{}, Matrix(cases, kPlanted + kNull), {}};
  for (size_t one = 0; one < cases; ++one) {
    Matrix bag(kTiles, kFeatures);
    std::vector<float> level(kHidden), sum(kHidden);
    for (float& value : level) value = normal(random);
    for (size_t tile = 0; tile < kTiles; ++tile)
      for (size_t thing = 0; thing < kHidden; ++thing) {
        const float amount = level[thing] + normal(random);
        sum[thing] += amount / float(kTiles);
        for (size_t f = 0; f < kFeatures; ++f) bag.at(tile, f) += amount * mixing.at(thing, f);
      }
    for (size_t gene = 0; gene < kPlanted + kNull; ++gene)
      drawn.labels.at(one, gene) = normal(random) + (gene < kPlanted ? 1.5f * sum[gene % kHidden] : 0);
    drawn.bags.push_back(std::move(bag));
  }
  for (size_t gene = 0; gene < kPlanted + kNull; ++gene) drawn.symbols.push_back(fmt::format("GENE{}", gene));
  return drawn;
}

std::vector<GeneScore> scoresOf(const Drawn& drawn, uint64_t seed) {
  TrainingCases cases;
  for (const Matrix& bag : drawn.bags) cases.bags.push_back(&bag);
  cases.labels = drawn.labels;
  HeadSettings settings;
  settings.embedding = 16;
  settings.attention = 8;
  settings.learningRate = 5e-3;
  settings.epochs = 25;
  std::vector<size_t> all(drawn.bags.size());
  std::iota(all.begin(), all.end(), size_t{0});
  const auto folds = crossValidate(cases, settings, assignFolds(all.size(), 5, seed), 5, seed, {},
                                   [](const Progress&) {}, {});
  const TrainedHead untrained = untrainedHead(cases, all, settings, 0x0e11);
  return scoreGenes(drawn.symbols, drawn.labels, folds->predicted, applyHead(untrained, cases.bags), seed);
}

}  // namespace

int main(int count, char** values) {
  const int seeds = count > 1 ? std::atoi(values[1]) : 20, cases = count > 2 ? std::atoi(values[2]) : 60;
  useTrainingThreads(1);
  double falseShare = 0;
  size_t falsely = 0, rightly = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    const std::vector<GeneScore> scores = scoresOf(draw(size_t(cases), uint64_t(seed)), uint64_t(seed));
    const auto believed = [](const GeneScore& score) { return score.wellPredicted; };
    const auto middle = scores.begin() + long(kPlanted);
    const auto right = size_t(std::count_if(scores.begin(), middle, believed));
    const auto wrong = size_t(std::count_if(middle, scores.end(), believed));
    falseShare += right + wrong > 0 ? double(wrong) / double(right + wrong) : 0;
    rightly += right, falsely += wrong;
    fmt::print("seed {:2}: {:2} of {} planted genes believed, {} of {} null genes\n", seed, right, kPlanted,
               wrong, kNull);
  }
  fmt::print(
      "mean share of false discoveries {:.4f} (stated: q < 0.2); {} of {} null genes believed ({:.2f} %), {} "
      "of "
      "{} planted\n",
      falseShare / seeds, falsely, size_t(seeds) * kNull,
      100.0 * double(falsely) / double(size_t(seeds) * kNull), rightly, size_t(seeds) * kPlanted);
}
