// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/diagnosis_training.h"

#include <algorithm>
#include <cmath>

#include "inference/head/call_head.h"
#include "inference/learning/heads/epochs.h"
#include "inference/learning/statistics/statistics.h"
#include "inference/torch/torch_gated_attention.h"

namespace geneglass {
namespace {

constexpr double kLeastGain = 1e-3;  ///< of cross entropy: a smaller one is no better epoch

torch::Tensor classes(std::vector<int64_t> each) {
  return torch::tensor(each, torch::kLong);
}

/// One training run.
class DiagnosisTrainer final {
 public:
  DiagnosisTrainer(const DiagnosisBags& slides, std::span<const size_t> training,
                   const DiagnosisSettings& settings, uint64_t seed)
      : m_slides(slides),
        m_settings(settings),
        m_seed(seed),
        m_scale(fitFeatureScale(slides.bags, training)) {
    torch::manual_seed(seed);
    m_module =
        std::make_shared<GatedAttentionModule>(GatedShape{.features = int(slides.bags.front()->columns),
                                                          .embedding = settings.embedding,
                                                          .attention = settings.attention,
                                                          .genes = 1,
                                                          .outputs = CallHead::outputsFor(2)});
  }

  std::optional<TrainedDiagnosis> train(std::span<const size_t> training, std::span<const size_t> validation,
                                        const std::stop_token& stop, const OnEpoch& onEpoch,
                                        const Remembered& remembered) {
    TrainingRun run(*m_module, m_scale, training,
                    {.learningRate = m_settings.learningRate,
                     .weightDecay = m_settings.weightDecay,
                     .epochs = m_settings.epochs,
                     .patience = m_settings.patience,
                     .stopAfter = m_settings.stopAfter,
                     .leastGain = kLeastGain},
                    m_seed);
    const TrainingRun::Epoch epoch{[&](TrainingRun& now, int) { return trainEpoch(now, stop); },
                                   [&] { return validate(validation); },
                                   [](const EpochReport& report) { return report.validationLoss; }};
    std::optional<TrainingRun::Best> best = run.run(!validation.empty(), epoch, onEpoch, remembered);
    if (!best) return {};
    return TrainedDiagnosis{std::move(best->weights), best->epoch, best->loss};
  }

 private:
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
  std::optional<double> trainEpoch(TrainingRun& run, const std::stop_token& stop) {
    double sum = 0;
    for (const size_t slide : run.order()) {
      if (stop.stop_requested()) return {};
      const bool positive = m_slides.positive[slide];
      run.beginStep();
      const auto scores = scoresOf(slide);
      const torch::Tensor loss =
          (1 - m_settings.instanceShare) *
              torch::cross_entropy_loss(bagLogits(scores), classes({positive ? 1 : 0})) +
          m_settings.instanceShare * tileLoss(scores, positive);
      loss.backward();
      run.adam().step();
      sum += loss.item<double>();
    }
    return sum / double(run.order().size());
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

  const DiagnosisBags& m_slides;
  const DiagnosisSettings m_settings;
  const uint64_t m_seed;
  const FeatureScale m_scale;
  std::shared_ptr<GatedAttentionModule> m_module;
};

}  // namespace

std::optional<TrainedDiagnosis> trainDiagnosis(const DiagnosisBags& slides, std::span<const size_t> training,
                                               std::span<const size_t> validation,
                                               const DiagnosisSettings& settings, uint64_t seed,
                                               const std::stop_token& stop, const OnEpoch& onEpoch,
                                               const Remembered& remembered) {
  return DiagnosisTrainer(slides, training, settings, seed)
      .train(training, validation, stop, onEpoch, remembered);
}

}  // namespace geneglass
