// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/epochs.h"

#include <algorithm>

#include "inference/learning/heads/adam_state.h"

namespace geneglass {

TrainingRun::TrainingRun(torch::nn::Module& module, const FeatureScale& scale,
                         std::span<const size_t> training, const Rules& rules, uint64_t seed)
    : m_module(module),
      m_scale(scale),
      m_rules(rules),
      m_order(training.begin(), training.end()),
      m_random(seed),
      m_adam(module.parameters(),
             torch::optim::AdamOptions(rules.learningRate).weight_decay(rules.weightDecay)) {}

std::optional<TrainingRun::Best> TrainingRun::run(bool validated, const Epoch& epoch, const OnEpoch& onEpoch,
                                                  const Remembered& remembered) {
  m_best.weights = weights();
  const bool whole = validated || m_rules.stopAfter <= 0;
  const int last = whole ? m_rules.epochs : std::min(m_rules.stopAfter, m_rules.epochs);
  if (remembered.memory) goOn(remembered);
  if (onEpoch)
    for (const EpochReport& report : m_reports) onEpoch(report);
  const auto isDone = [&](int done) {
    return done >= last || (validated && done - m_best.epoch >= m_rules.patience);
  };
  while (!isDone(int(m_reports.size()))) {
    const std::optional<EpochReport> report = oneEpoch(epoch, last, validated);
    if (!report) return {};
    if (remembered.memory) remembered.memory->keep(remembered.name, kept());
    if (onEpoch) onEpoch(*report);
  }
  if (!validated) m_best.loss = std::numeric_limits<double>::quiet_NaN();
  return m_best;
}

uint64_t TrainingRun::beginStep() {
  m_adam.zero_grad();
  return ++m_steps;
}

TensorFile TrainingRun::weights() const {
  TensorFile weights = tensorsOf(m_module);
  m_scale.foldInto(weights);
  return weights;
}

std::optional<EpochReport> TrainingRun::oneEpoch(const Epoch& epoch, int last, bool validated) {
  const int number = int(m_reports.size()) + 1;
  std::shuffle(m_order.begin(), m_order.end(), m_random);
  const std::optional<double> training = epoch.train(*this, number);
  if (!training) return {};
  EpochReport report = epoch.validate();
  const double loss = validated ? epoch.loss(report) : -number;
  if (loss < m_best.loss - m_rules.leastGain) m_best = {weights(), number, loss};
  report.epoch = number;
  report.ofEpochs = last;
  report.trainingLoss = *training;
  m_reports.push_back(report);
  return report;
}

KeptState TrainingRun::kept() {
  return {
      {{"best", {double(m_best.epoch), m_best.loss}}, {"steps", {double(m_steps)}}},
      {{"weights", tensorsOf(m_module)}, {"moments", momentsOf(m_module, m_adam)}, {"best", m_best.weights}},
      m_reports};
}

/// Takes up what was kept, if anything was: the order of the bags is shuffled anew as often as it was.
void TrainingRun::goOn(const Remembered& remembered) {
  std::optional<KeptState> found = remembered.memory->find(remembered.name);
  if (!found || !setTensors(m_module, found->tensors["weights"])) return;
  m_steps = uint64_t(found->numbers["steps"].at(0));
  setMoments(m_module, m_adam, found->tensors["moments"], int64_t(m_steps));
  m_best = {std::move(found->tensors["best"]), int(found->numbers["best"].at(0)),
            found->numbers["best"].at(1)};
  m_reports = std::move(found->reports);
  for (size_t epoch = 0; epoch < m_reports.size(); ++epoch)
    std::shuffle(m_order.begin(), m_order.end(), m_random);
}

}  // namespace geneglass
