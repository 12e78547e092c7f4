// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/cross_validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "inference/learning/heads/head_members.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

std::vector<const Matrix*> chosenBags(const TrainingCases& cases, const std::vector<size_t>& chosen) {
  std::vector<const Matrix*> bags;
  for (const size_t index : chosen) bags.push_back(cases.bags[index]);
  return bags;
}

}  // namespace

SplitCases judgedSplit(const std::vector<int>& foldOfCase, int fold, int folds) {
  SplitCases cases;
  for (size_t i = 0; i < foldOfCase.size(); ++i) {
    auto& part = foldOfCase[i] == fold                 ? cases.judged
                 : foldOfCase[i] == (fold + 1) % folds ? cases.validation
                                                       : cases.training;
    part.push_back(i);
  }
  return cases;
}

SplitCases validatedSplit(const std::vector<int>& foldOfCase, int fold) {
  SplitCases cases;
  for (size_t i = 0; i < foldOfCase.size(); ++i)
    (foldOfCase[i] == fold ? cases.validation : cases.training).push_back(i);
  return cases;
}

std::string stageOf(const std::string& what, const EpochReport& report) {
  std::string stage = fmt::format("{}, loss {:.3f}", what, report.trainingLoss);
  if (!std::isnan(report.validationR)) stage += fmt::format(", held-out r {:.2f}", report.validationR);
  return stage + ", epoch";
}

std::optional<CrossValidation> crossValidate(const TrainingCases& cases, const HeadSettings& settings,
                                             const std::vector<int>& foldOfCase, int folds, uint64_t seed,
                                             const std::stop_token& stop, const OnProgress& progress,
                                             const OnFoldEpoch& onEpoch, const TrainingMemory* memory) {
  const TimeLeft time;
  CrossValidation result{Matrix(cases.bags.size(), cases.labels.columns), {}, {}};
  for (int fold = 0; fold < folds; ++fold) {
    const SplitCases part = judgedSplit(foldOfCase, fold, folds);
    const auto report = [&](int member, const EpochReport& epoch) {
      const double done = fold + (member + double(epoch.epoch) / epoch.ofEpochs) / settings.members;
      const std::string what = nameOfMember(fmt::format("fold {} of {}", fold + 1, folds), member, settings);
      progress({stageOf(what, epoch), epoch.epoch, epoch.ofEpochs, time.after(done, folds + 1)});
      if (onEpoch && member == 0) onEpoch(fold, epoch);
    };
    auto members = trainMembers(cases, part.training, part.validation, settings, seed + uint64_t(fold), stop,
                                report, {memory, fmt::format("fold{}", fold)});
    if (!members) return {};
    const Matrix predicted = applyMembers(*members, chosenBags(cases, part.judged));
    for (size_t i = 0; i < part.judged.size(); ++i)
      std::copy_n(predicted.row(i).begin(), predicted.columns, result.predicted.row(part.judged[i]).begin());
    for (const TrainedHead& head : *members) result.bestEpochs.push_back(head.bestEpoch);
    if (members->size() == 1) result.heads.push_back(std::move(members->front()));
  }
  return result;
}

}  // namespace geneglass
