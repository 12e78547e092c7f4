// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/class_training.h"

#include <algorithm>
#include <cmath>

#include "inference/head/call_head.h"
#include "inference/learning/heads/epochs.h"
#include "inference/learning/statistics/statistics.h"
#include "inference/torch/torch_gated_attention.h"

namespace geneglass {
namespace {

constexpr double kLeastGain = 1e-3;  ///< of cross entropy: a smaller one is no better epoch

torch::Tensor wanted(std::vector<int64_t> each) {
  return torch::tensor(each, torch::kLong);
}

/// One training run.
class ClassTrainer final {
 public:
  ClassTrainer(const TrainingCases& slides, size_t classes, std::span<const size_t> training,
               const ClassSettings& settings, uint64_t seed)
      : m_slides(slides),
        m_classes(int64_t(classes)),
        m_settings(settings),
        m_seed(seed),
        m_scale(fitFeatureScale(slides.bags, training)) {
    torch::manual_seed(seed);
    m_module =
        std::make_shared<GatedAttentionModule>(GatedShape{.features = int(slides.bags.front()->columns),
                                                          .embedding = settings.embedding,
                                                          .attention = settings.attention,
                                                          .genes = 1,
                                                          .outputs = CallHead::outputsFor(classes)});
  }

  std::optional<TrainedClasses> train(std::span<const size_t> training, std::span<const size_t> validation,
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
    return TrainedClasses{std::move(best->weights), best->epoch, best->loss};
  }

 private:
  GatedAttentionModule::Scores scoresOf(size_t slide) const {
    Matrix features = m_scale.standardised(*m_slides.bags[slide]);
    return m_module->scores(torch::from_blob(features.values.data(),
                                             {int64_t(features.rows), int64_t(features.columns)},
                                             torch::kFloat)
                                .clone());
  }

  size_t classOf(size_t slide) const { return size_t(m_slides.labels.at(slide, 0)); }

  /// 1 x classes: of two normal, tumour.
  torch::Tensor bagLogits(const GatedAttentionModule::Scores& scores) const {
    return m_module->attended(scores).slice(1, 0, m_classes);
  }

  torch::Tensor tileLoss(const GatedAttentionModule::Scores& scores, bool positive) const {
    const int64_t tiles = scores.logits.size(0), each = std::min<int64_t>(m_settings.instances, tiles / 2);
    if (each == 0) return torch::zeros({});
    const torch::Tensor order = scores.logits.detach().select(1, 0).argsort(0, true);
    const torch::Tensor chosen = torch::cat({order.slice(0, 0, each), order.slice(0, tiles - each, tiles)});
    std::vector<int64_t> kinds(size_t(2 * each), 0);
    std::fill_n(kinds.begin(), positive ? each : 0, 1);
    return torch::cross_entropy_loss(scores.values.slice(1, 2, 4).index_select(0, chosen), wanted(kinds));
  }

  torch::Tensor lossOf(size_t slide) const {
    const auto scores = scoresOf(slide);
    const torch::Tensor ofBag =
        torch::cross_entropy_loss(bagLogits(scores), wanted({int64_t(classOf(slide))}));
    if (m_classes > 2) return ofBag;
    return (1 - m_settings.instanceShare) * ofBag +
           m_settings.instanceShare * tileLoss(scores, classOf(slide) == 1);
  }

  /// The mean loss over the steps.
  std::optional<double> trainEpoch(TrainingRun& run, const std::stop_token& stop) {
    double sum = 0;
    for (const size_t slide : run.order()) {
      if (stop.stop_requested()) return {};
      run.beginStep();
      const torch::Tensor loss = lossOf(slide);
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
      const auto own = int64_t(classOf(slide));
      sum -= chances[0][own].item<double>();
      for (int64_t each = m_classes == 2 ? 1 : 0; each < m_classes; ++each) {
        truth.push_back(each == own ? 1 : 0);
        predicted.push_back(std::exp(chances[0][each].item<double>()));
      }
    }
    return {0, 0, 0, sum / double(validation.size()), pearson(truth, predicted)};
  }

  const TrainingCases& m_slides;
  const int64_t m_classes;
  const ClassSettings m_settings;
  const uint64_t m_seed;
  const FeatureScale m_scale;
  std::shared_ptr<GatedAttentionModule> m_module;
};

}  // namespace

std::optional<TrainedClasses> trainClasses(const TrainingCases& slides, size_t classes,
                                           std::span<const size_t> training,
                                           std::span<const size_t> validation, const ClassSettings& settings,
                                           uint64_t seed, const std::stop_token& stop, const OnEpoch& onEpoch,
                                           const Remembered& remembered) {
  return ClassTrainer(slides, classes, training, settings, seed)
      .train(training, validation, stop, onEpoch, remembered);
}

}  // namespace geneglass
