// SPDX-License-Identifier: GPL-3.0-or-later
// How long a bag takes in training: all genes in one model, and one model a gene. Drawn features, the default
// settings of recipe `geneglass`; train_speed.py times the same steps in Python.
//   bench_train_speed [BAGS 8] [TILES 8000] [FEATURES 512] [GENES 45] [THREADS 0] [regression|gated|histcode]
// gated: gated attention of the same widths; histcode: of the paper's, one bag a step.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <numeric>
#include <random>
#include <string_view>

#include "inference/learning/heads/head_training.h"

using namespace geneglass;

namespace {

Matrix drawn(size_t rows, size_t columns, std::mt19937& random) {
  Matrix matrix(rows, columns);
  std::normal_distribution<float> normal;
  for (float& value : matrix.values) value = normal(random);
  return matrix;
}

/// Seconds a bag over the epochs after the first.
double secondsOfBag(const std::vector<Matrix>& bags, const Matrix& labels, HeadSettings settings) {
  TrainingCases cases;
  for (const Matrix& bag : bags) cases.bags.push_back(&bag);
  cases.labels = labels;
  std::vector<size_t> all(bags.size());
  std::iota(all.begin(), all.end(), size_t{0});
  settings.stopAfter = 3;
  std::chrono::steady_clock::time_point first, last;
  (void)trainHead(cases, all, {}, settings, 1, {}, [&](const EpochReport& report) {
    last = std::chrono::steady_clock::now();
    if (report.epoch == 1) first = last;
  });
  return std::chrono::duration<double>(last - first).count() / (2.0 * double(bags.size()));
}

HeadSettings settingsOf(std::string_view name) {
  HeadSettings settings;
  if (name == "regression") return settings;
  settings.kind = HeadKind::GatedAttention;
  if (name == "histcode") settings.embedding = 512, settings.attention = 256, settings.bagsPerStep = 1;
  return settings;
}

}  // namespace

int main(int count, char** values) {
  const auto given = [&](int at, int otherwise) {
    return size_t(count > at ? std::atoi(values[at]) : otherwise);
  };
  const size_t bags = given(1, 8), tiles = given(2, 8000), features = given(3, 512), genes = given(4, 45);
  useTrainingThreads(int(given(5, 0)));
  const HeadSettings settings = settingsOf(count > 6 ? values[6] : "regression");
  std::mt19937 random(1);
  std::vector<Matrix> all;
  for (size_t i = 0; i < bags; ++i) all.push_back(drawn(tiles, features, random));
  const double together = secondsOfBag(all, drawn(bags, genes, random), settings);
  const double alone = secondsOfBag(all, drawn(bags, 1, random), settings);
  fmt::print(
      "{} bags of {} x {}: {} genes together {:.4f} s a bag, one gene {:.4f} s a bag; {} models of one gene "
      "in a loop take {:.1f} times as long\n",
      bags, tiles, features, genes, together, alone, genes, double(genes) * alone / together);
  fmt::print("an epoch over 300 bags, extrapolated: together {:.0f} s, in a loop {:.0f} s\n", 300 * together,
             300 * double(genes) * alone);
}
