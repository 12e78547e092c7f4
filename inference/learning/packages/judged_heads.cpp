// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/judged_heads.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/head_members.h"
#include "inference/learning/heads/linear_training.h"
#include "inference/learning/packages/trained_package.h"
#include "inference/learning/statistics/statistics.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

int medianEpoch(const std::vector<int>& epochs) {
  return std::max(1, int(std::lround(median(std::vector<double>(epochs.begin(), epochs.end())))));
}

std::string spanOf(const std::vector<double>& penalties) {
  const auto [least, most] = std::ranges::minmax(penalties);
  return least == most ? fmt::format("{:.0f}", least) : fmt::format("{:.0f} to {:.0f}", least, most);
}

/// The last heads of attention, on all cases.
std::optional<TrainedHead> lastHead(const HeadTask& task, int epochs, const std::stop_token& stop,
                                    const OnProgress& progress) {
  HeadSettings last = task.settings;
  last.stopAfter = epochs;
  const TimeLeft time;
  auto members = trainMembers(
      task.cases, task.cases.all(), {}, last, task.seed, stop,
      [&](int member, const EpochReport& report) {
        if (member == 0) task.curve.add("final", "", report);
        progress({stageOf(nameOfMember("final head", member, last), report), report.epoch, report.ofEpochs,
                  time.after(member + double(report.epoch) / report.ofEpochs, last.members)});
      },
      {&task.memory, "final"});
  if (!members) return {};
  return joined(std::move(*members));
}

std::string attentionWords(const HeadTask& task) {
  return fmt::format(
      "geneglass: {} of {}{} for all genes{}, judged on {} folds by models that never saw them, then "
      "trained on all cases",
      task.settings.members == 1 ? "one model" : fmt::format("the mean of {} models", task.settings.members),
      toString(task.settings.kind), task.settings.pool == BagPool::Extremes ? " from both ends" : "",
      task.settings.featureDropout > 0
          ? fmt::format(", {:.2g} of the features dropped in each step", task.settings.featureDropout)
          : "",
      task.folds.count);
}

Matrix untrainedPredictions(const HeadTask& task, HeadKind kind) {
  HeadSettings settings = task.settings;
  settings.kind = kind;
  return applyHead(untrainedHead(task.cases, task.cases.all(), settings, kUntrainedSeed), task.cases.bags);
}

std::optional<CrossValidation> validateAttention(const HeadTask& task, const std::stop_token& stop,
                                                 const OnProgress& progress) {
  return crossValidate(
      task.cases, task.settings, task.folds.ofCase, task.folds.count, task.seed, stop, progress,
      [&](int fold, const EpochReport& report) { task.curve.add(std::to_string(fold), "", report); },
      &task.memory);
}

std::optional<JudgedHeads> finishAttention(const HeadTask& task, CrossValidation validated,
                                           const std::stop_token& stop, const OnProgress& progress) {
  auto head = lastHead(task, medianEpoch(validated.bestEpochs), stop, progress);
  if (!head) return {};
  return JudgedHeads{std::move(*head),
                     task.settings.kind,
                     std::move(validated.predicted),
                     untrainedPredictions(task, task.settings.kind),
                     attentionWords(task),
                     std::move(validated.heads)};
}

std::optional<JudgedHeads> finishLinear(const HeadTask& task, LinearValidation validated,
                                        const std::stop_token& stop) {
  auto linear = trainLinear(task.cases, task.cases.all(), task.folds.ofCase, stop);
  if (!linear) return {};
  return JudgedHeads{
      std::move(linear->head),
      HeadKind::Linear,
      std::move(validated.predicted),
      untrainedPredictions(task, HeadKind::Linear),
      fmt::format(
          "geneglass: ridge regression of all genes on the bags' mean features, penalty {:.0f} (of the "
          "folds {}) chosen on inner folds, judged on {} folds by models that never saw them, then "
          "fitted to all cases",
          linear->penalty, spanOf(validated.penalties), task.folds.count),
      std::move(validated.heads)};
}

/// The cases of all folds but one, their folds counted from 0 without it.
struct OtherFolds {
  TrainingCases cases;
  Folds folds;
};

OtherFolds without(const HeadTask& task, int fold) {
  OtherFolds others;
  others.folds.count = task.folds.count - 1;
  others.cases.labels.columns = task.cases.labels.columns;
  for (size_t i = 0; i < task.cases.bags.size(); ++i) {
    const int its = task.folds.ofCase[i];
    if (its == fold) continue;
    others.cases.bags.push_back(task.cases.bags[i]);
    const std::span<const float> row = task.cases.labels.row(i);
    others.cases.labels.values.insert(others.cases.labels.values.end(), row.begin(), row.end());
    ++others.cases.labels.rows;
    others.folds.ofCase.push_back(its > fold ? its - 1 : its);
  }
  return others;
}

/// r of both on the same folds.
struct Comparison {
  double linear = 0, attention = 0;
  bool linearIsBetter() const { return !(attention > linear); }
};

Comparison compared(const TrainingCases& cases, const Folds& folds, const Matrix& linear,
                    const Matrix& attention) {
  const std::vector<size_t> all = cases.all();
  return {meanOf(meanFoldR(cases.labels, linear, all, folds.ofCase)),
          meanOf(meanFoldR(cases.labels, attention, all, folds.ofCase))};
}

/// Which is better without `fold`. Keeps itself in the memory under names of its own.
std::optional<Comparison> compareWithout(const HeadTask& task, int fold, const std::stop_token& stop,
                                         const OnProgress& progress) {
  const std::string name = fmt::format("choice{}", fold);
  if (const auto kept = task.memory.find(name))
    return Comparison{kept->numbers.at("linear").at(0), kept->numbers.at("attention").at(0)};
  const OtherFolds others = without(task, fold);
  const auto tell = [&](const Progress& inner) {
    progress({fmt::format("choosing heads for fold {} of {}, {}", fold + 1, task.folds.count, inner.stage),
              inner.done, inner.total, -1});
  };
  const auto linear = crossValidateLinear(others.cases, others.folds.ofCase, others.folds.count, stop, tell);
  if (!linear) return {};
  const auto attention = crossValidate(others.cases, task.settings, others.folds.ofCase, others.folds.count,
                                       task.seed, stop, tell, {});
  if (!attention) return {};
  const Comparison found = compared(others.cases, others.folds, linear->predicted, attention->predicted);
  task.memory.keep(name, {{{"linear", {found.linear}}, {"attention", {found.attention}}}, {}, {}});
  return found;
}

}  // namespace

std::optional<JudgedHeads> judgeAttention(const HeadTask& task, const std::stop_token& stop,
                                          const OnProgress& progress) {
  auto validated = validateAttention(task, stop, progress);
  if (!validated) return {};
  return finishAttention(task, std::move(*validated), stop, progress);
}

std::optional<JudgedHeads> judgeLinear(const HeadTask& task, const std::stop_token& stop,
                                       const OnProgress& progress) {
  auto validated = crossValidateLinear(task.cases, task.folds.ofCase, task.folds.count, stop, progress);
  if (!validated) return {};
  return finishLinear(task, std::move(*validated), stop);
}

std::optional<JudgedHeads> judgeBetter(const HeadTask& task, const std::stop_token& stop,
                                       const OnProgress& progress) {
  auto linear = crossValidateLinear(task.cases, task.folds.ofCase, task.folds.count, stop, progress);
  if (!linear) return {};
  auto attention = validateAttention(task, stop, progress);
  if (!attention) return {};
  Matrix heldOut = linear->predicted;
  int linearFolds = 0;
  for (int fold = 0; fold < task.folds.count; ++fold) {
    const auto found = compareWithout(task, fold, stop, progress);
    if (!found) return {};
    linearFolds += found->linearIsBetter();
    for (size_t i = 0; i < heldOut.rows && !found->linearIsBetter(); ++i)
      if (task.folds.ofCase[i] == fold)
        std::ranges::copy(attention->predicted.row(i), heldOut.row(i).begin());
  }
  const Comparison whole = compared(task.cases, task.folds, linear->predicted, attention->predicted);
  auto judged = whole.linearIsBetter() ? finishLinear(task, std::move(*linear), stop)
                                       : finishAttention(task, std::move(*attention), stop, progress);
  if (!judged) return {};
  judged->heldOut = std::move(heldOut);
  judged->words += fmt::format(
      "; chosen since its mean r within folds is {:.3f} where {} has {:.3f}; what is said of each fold is by "
      "what the other folds would choose: linear in {} of {}",
      whole.linearIsBetter() ? whole.linear : whole.attention,
      whole.linearIsBetter() ? toString(task.settings.kind) : "ridge regression",
      whole.linearIsBetter() ? whole.attention : whole.linear, linearFolds, task.folds.count);
  return judged;
}

}  // namespace geneglass
