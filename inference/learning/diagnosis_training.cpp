// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/diagnosis_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "inference/diagnosis_head.h"
#include "inference/learning/adam_state.h"
#include "inference/learning/feature_scale.h"
#include "inference/learning/statistics.h"
#include "inference/learning/training_memory.h"
#include "inference/torch_gated_attention.h"

namespace geneglass {
namespace {

constexpr double kLeastGain = 1e-3;  ///< of cross entropy: a smaller one is no better epoch
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

torch::Tensor classes(std::vector<int64_t> each) {
  return torch::tensor(each, torch::kLong);
}

/// One training run.
class DiagnosisTrainer final {
 public:
  DiagnosisTrainer(const DiagnosisBags& slides, std::span<const size_t> training,
                   const DiagnosisSettings& settings, uint64_t seed)
      : m_slides(slides),
        m_training(training.begin(), training.end()),
        m_settings(settings),
        m_random(seed),
        m_scale(fitScale()) {
    torch::manual_seed(seed);
    m_module =
        std::make_shared<GatedAttentionModule>(GatedShape{.features = int(slides.bags.front()->columns),
                                                          .embedding = settings.embedding,
                                                          .attention = settings.attention,
                                                          .genes = 1,
                                                          .outputs = DiagnosisHead::kOutputs});
  }

  std::optional<TrainedDiagnosis> train(std::span<const size_t> validation, const std::stop_token& stop,
                                        const OnEpoch& onEpoch, const Remembered& remembered) {
    torch::optim::Adam adam(
        m_module->parameters(),
        torch::optim::AdamOptions(m_settings.learningRate).weight_decay(m_settings.weightDecay));
    m_best = state(0, std::numeric_limits<double>::infinity());
    const bool whole = !validation.empty() || m_settings.stopAfter <= 0;
    const int last = whole ? m_settings.epochs : std::min(m_settings.stopAfter, m_settings.epochs);
    if (remembered.memory) goOn(remembered, adam);
    if (onEpoch)
      for (const EpochReport& report : m_reports) onEpoch(report);
    while (!isDone(last, !validation.empty())) {
      const std::optional<EpochReport> report = oneEpoch(adam, last, validation, stop);
      if (!report) return {};
      if (remembered.memory) remembered.memory->keep(remembered.name, kept(adam));
      if (onEpoch) onEpoch(*report);
    }
    if (validation.empty()) m_best.validationLoss = kUndefined;
    return m_best;
  }

 private:
  FeatureScale fitScale() const {
    std::vector<const Matrix*> bags;
    for (const size_t index : m_training) bags.push_back(m_slides.bags[index]);
    return fitFeatureScale(bags);
  }

  TrainedDiagnosis state(int epoch, double loss) const {
    TensorFile weights = tensorsOf(*m_module);
    m_scale.foldInto(weights);
    return {std::move(weights), epoch, loss};
  }

  bool isDone(int last, bool validated) const {
    const int done = int(m_reports.size());
    return done >= last || (validated && done - m_best.bestEpoch >= m_settings.patience);
  }

  GatedAttentionModule::Scores scoresOf(size_t slide) const {
    Matrix features = m_scale.standardised(*m_slides.bags[slide]);
    return m_module->scores(torch::from_blob(features.values.data(),
                                             {int64_t(features.rows), int64_t(features.columns)},
                                             torch::kFloat)
                                .clone());
  }

  /// 1 x 2: normal, tumour.
  torch::Tensor bagLogits(const GatedAttentionModule::Scores& scores) const {
    return m_module->attended(scores).slice(1, 0, 2);
  }

  torch::Tensor tileLoss(const GatedAttentionModule::Scores& scores, bool positive) const {
    const int64_t tiles = scores.logits.size(0), each = std::min<int64_t>(m_settings.instances, tiles / 2);
    if (each == 0) return torch::zeros({});
    const torch::Tensor order = scores.logits.detach().select(1, 0).argsort(0, true);
    const torch::Tensor chosen = torch::cat({order.slice(0, 0, each), order.slice(0, tiles - each, tiles)});
    std::vector<int64_t> wanted(size_t(2 * each), 0);
    std::fill_n(wanted.begin(), positive ? each : 0, 1);
    return torch::cross_entropy_loss(scores.values.slice(1, 2, 4).index_select(0, chosen), classes(wanted));
  }

  /// The mean loss over the steps.
  std::optional<double> trainEpoch(torch::optim::Adam& adam, const std::stop_token& stop) {
    std::shuffle(m_training.begin(), m_training.end(), m_random);
    double sum = 0;
    for (const size_t slide : m_training) {
      if (stop.stop_requested()) return {};
      const bool positive = m_slides.positive[slide];
      adam.zero_grad();
      const auto scores = scoresOf(slide);
      const torch::Tensor loss =
          (1 - m_settings.instanceShare) *
              torch::cross_entropy_loss(bagLogits(scores), classes({positive ? 1 : 0})) +
          m_settings.instanceShare * tileLoss(scores, positive);
      loss.backward();
      adam.step();
      ++m_steps;
      sum += loss.item<double>();
    }
    return sum / double(m_training.size());
  }

  EpochReport validate(std::span<const size_t> validation) const {
    const torch::NoGradGuard noGrad;
    std::vector<double> truth, predicted;
    double sum = 0;
    for (const size_t slide : validation) {
      const torch::Tensor chances = bagLogits(scoresOf(slide)).log_softmax(1);
      const bool positive = m_slides.positive[slide];
      sum -= chances[0][positive ? 1 : 0].item<double>();
      truth.push_back(positive ? 1 : 0);
      predicted.push_back(std::exp(chances[0][1].item<double>()));
    }
    return {0, 0, 0, sum / double(validation.size()), pearson(truth, predicted)};
  }

  std::optional<EpochReport> oneEpoch(torch::optim::Adam& adam, int last, std::span<const size_t> validation,
                                      const std::stop_token& stop) {
    const int epoch = int(m_reports.size()) + 1;
    const std::optional<double> training = trainEpoch(adam, stop);
    if (!training) return {};
    EpochReport report = validate(validation);
    const double loss = validation.empty() ? -epoch : report.validationLoss;
    if (loss < m_best.validationLoss - kLeastGain) m_best = state(epoch, loss);
    report.epoch = epoch;
    report.ofEpochs = last;
    report.trainingLoss = *training;
    m_reports.push_back(report);
    return report;
  }

  KeptState kept(torch::optim::Adam& adam) const {
    return {{{"best", {double(m_best.bestEpoch), m_best.validationLoss}}, {"steps", {double(m_steps)}}},
            {{"weights", tensorsOf(*m_module)},
             {"moments", momentsOf(*m_module, adam)},
             {"best", m_best.weights}},
            m_reports};
  }

  /// Takes up what was kept, if anything was: the order of the bags is shuffled anew as often as it was.
  void goOn(const Remembered& remembered, torch::optim::Adam& adam) {
    std::optional<KeptState> found = remembered.memory->find(remembered.name);
    if (!found || !setTensors(*m_module, found->tensors["weights"])) return;
    m_steps = int64_t(found->numbers["steps"].at(0));
    setMoments(*m_module, adam, found->tensors["moments"], m_steps);
    m_best = {std::move(found->tensors["best"]), int(found->numbers["best"].at(0)),
              found->numbers["best"].at(1)};
    m_reports = std::move(found->reports);
    for (size_t epoch = 0; epoch < m_reports.size(); ++epoch)
      std::shuffle(m_training.begin(), m_training.end(), m_random);
  }

  const DiagnosisBags& m_slides;
  std::vector<size_t> m_training;
  const DiagnosisSettings m_settings;
  std::mt19937_64 m_random;
  const FeatureScale m_scale;
  std::shared_ptr<GatedAttentionModule> m_module;
  int64_t m_steps = 0;
  TrainedDiagnosis m_best;
  std::vector<EpochReport> m_reports;  ///< of the epochs done
};

}  // namespace

std::optional<TrainedDiagnosis> trainDiagnosis(const DiagnosisBags& slides, std::span<const size_t> training,
                                               std::span<const size_t> validation,
                                               const DiagnosisSettings& settings, uint64_t seed,
                                               const std::stop_token& stop, const OnEpoch& onEpoch,
                                               const Remembered& remembered) {
  return DiagnosisTrainer(slides, training, settings, seed).train(validation, stop, onEpoch, remembered);
}

}  // namespace geneglass
