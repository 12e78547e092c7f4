// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cross_validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "inference/learning/time_left.h"

namespace geneglass {
namespace {

struct FoldCases {
  std::vector<size_t> training;
  std::vector<size_t> validation;
  std::vector<size_t> judged;
};

FoldCases casesOf(const std::vector<int>& assigned, int fold, int folds) {
  FoldCases cases;
  for (size_t i = 0; i < assigned.size(); ++i) {
    auto& part = assigned[i] == fold                 ? cases.judged
                 : assigned[i] == (fold + 1) % folds ? cases.validation
                                                     : cases.training;
    part.push_back(i);
  }
  return cases;
}

std::vector<const Matrix*> chosenBags(const TrainingCases& cases, const std::vector<size_t>& chosen) {
  std::vector<const Matrix*> bags;
  for (const size_t index : chosen) bags.push_back(cases.bags[index]);
  return bags;
}

}  // namespace

std::vector<int> assignFolds(size_t cases, int folds, uint64_t seed) {
  std::vector<int> assigned(cases);
  for (size_t i = 0; i < cases; ++i) assigned[i] = int(i % size_t(folds));
  std::mt19937_64 random(seed);
  std::shuffle(assigned.begin(), assigned.end(), random);
  return assigned;
}

std::optional<CrossValidation> crossValidate(const TrainingCases& cases, const HeadSettings& settings,
                                             int folds, uint64_t seed, const std::stop_token& stop,
                                             const OnProgress& progress) {
  const TimeLeft time;
  const std::vector<int> assigned = assignFolds(cases.bags.size(), folds, seed);
  CrossValidation result{Matrix(cases.bags.size(), cases.labels.columns), {}};
  for (int fold = 0; fold < folds; ++fold) {
    const FoldCases part = casesOf(assigned, fold, folds);
    const auto report = [&](int epoch, int epochs) {
      const double done = fold + double(epoch) / epochs;
      progress(
          {fmt::format("fold {} of {}, epoch", fold + 1, folds), epoch, epochs, time.after(done, folds + 1)});
    };
    const auto head =
        trainHead(cases, part.training, part.validation, settings, seed + uint64_t(fold), stop, report);
    if (!head) return {};
    const Matrix predicted = applyHead(*head, chosenBags(cases, part.judged));
    for (size_t i = 0; i < part.judged.size(); ++i)
      std::copy_n(predicted.row(i).begin(), predicted.columns, result.predicted.row(part.judged[i]).begin());
    result.bestEpochs.push_back(head->bestEpoch);
  }
  return result;
}

}  // namespace geneglass
