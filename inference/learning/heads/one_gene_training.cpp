// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/one_gene_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <random>

#include "inference/learning/heads/bag_loss.h"
#include "inference/learning/statistics/statistics.h"

namespace geneglass {
namespace {

constexpr int64_t kRowsAtOnce = int64_t{1} << 17;

HeadSides sidesFor(int features, const OneGeneSettings& settings) {
  return {settings.kind, features, settings.embedding, settings.attention, 1, settings.pool};
}

HeadModule makeHead(const HeadSides& sides, uint64_t seed) {
  static std::mutex drawing;  // LibTorch draws first weights from one generator of the whole program
  const std::scoped_lock lock(drawing);
  torch::manual_seed(seed);
  return HeadModule(sides);
}

std::vector<size_t> withLabel(const TrainingCases& cases, size_t gene, std::span<const size_t> chosen) {
  std::vector<size_t> known;
  std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(known),
               [&](size_t index) { return !std::isnan(cases.labels.at(index, gene)); });
  return known;
}

std::unique_ptr<torch::optim::Optimizer> makeSteps(const torch::nn::Module& module,
                                                   const OneGeneSettings& settings) {
  if (settings.adam)
    return std::make_unique<torch::optim::Adam>(
        module.parameters(),
        torch::optim::AdamOptions(settings.learningRate).weight_decay(settings.weightDecay));
  return std::make_unique<torch::optim::SGD>(module.parameters(),
                                             torch::optim::SGDOptions(settings.learningRate)
                                                 .momentum(settings.momentum)
                                                 .weight_decay(settings.weightDecay)
                                                 .nesterov(true));
}

/// One training run.
class OneGeneTrainer final {
 public:
  OneGeneTrainer(const TrainingCases& cases, size_t gene, std::span<const size_t> training,
                 std::span<const size_t> validation, const OneGeneSettings& settings, uint64_t seed)
      : m_cases(cases),
        m_gene(gene),
        m_training(withLabel(cases, gene, training)),
        m_validation(withLabel(cases, gene, validation)),
        m_settings(settings),
        m_seed(seed),
        m_random(seed),
        m_head(makeHead(sidesFor(int(cases.bags.front()->columns), settings), seed)) {
    const LabelScale all = fitLabelScale(cases.labels, m_training);
    if (settings.zScores) m_scale = {{all.mean[gene]}, {all.deviation[gene]}};
  }

  std::optional<TrainedHead> train(const std::stop_token& stop, const OnEpoch& onEpoch) {
    const std::unique_ptr<torch::optim::Optimizer> steps = makeSteps(m_head.module(), m_settings);
    TrainedHead best{{}, m_scale, 0, std::numeric_limits<double>::infinity()};
    for (int epoch = 1; epoch <= m_settings.epochs; ++epoch) {
      const std::optional<double> training = trainEpoch(*steps, stop);
      if (!training) return {};
      EpochReport report = validate();
      report.epoch = epoch;
      report.ofEpochs = m_settings.epochs;
      report.trainingLoss = *training;
      if (report.validationLoss < best.validationLoss || best.weights.empty())
        best = {tensorsOf(m_head.module()), m_scale, epoch, report.validationLoss};
      if (onEpoch) onEpoch(report);
      if (epoch - best.bestEpoch >= m_settings.patience) break;
    }
    return best;
  }

 private:
  BagBatch batchOf(size_t index) const {
    const Matrix& bag = *m_cases.bags[index];
    const double label = (m_cases.labels.at(index, m_gene) - m_scale.mean[0]) / m_scale.deviation[0];
    return {torch::from_blob(const_cast<float*>(bag.values.data()), {int64_t(bag.rows), int64_t(bag.columns)},
                             torch::kFloat),
            {int64_t(bag.rows)},
            torch::full({1, 1}, label, torch::kFloat)};
  }

  /// The mean loss over the bags, each before its step.
  std::optional<double> trainEpoch(torch::optim::Optimizer& steps, const std::stop_token& stop) {
    m_head.module().train();
    std::shuffle(m_training.begin(), m_training.end(), m_random);
    double sum = 0;
    for (const size_t index : m_training) {
      if (stop.stop_requested()) return {};
      steps.zero_grad();
      sum += addGradientOfBagLoss(m_head, batchOf(index),
                                  {.rowsAtOnce = kRowsAtOnce, .dropoutSeed = m_seed + ++m_steps});
      steps.step();
    }
    return sum / double(m_training.size());
  }

  EpochReport validate() {
    m_head.module().eval();
    std::vector<double> truth, predicted;
    for (const size_t index : m_validation) {
      const BagBatch batch = batchOf(index);
      truth.push_back(batch.labels.item<double>());
      predicted.push_back(predictBags(m_head, batch, kRowsAtOnce).item<double>());
    }
    EpochReport report;
    const double error = rootMeanSquareError(truth, predicted);
    report.validationLoss = error * error;
    report.validationR = pearson(truth, predicted);
    return report;
  }

  const TrainingCases& m_cases;
  const size_t m_gene;
  std::vector<size_t> m_training;
  const std::vector<size_t> m_validation;
  const OneGeneSettings m_settings;
  const uint64_t m_seed;
  uint64_t m_steps = 0;
  std::mt19937_64 m_random;
  LabelScale m_scale{{0}, {1}};
  HeadModule m_head;
};

}  // namespace

OneGeneSettings histCodeSettings(BagPool pool) {
  return {.embedding = 512,
          .attention = 256,
          .learningRate = 1e-4,
          .momentum = 0,
          .weightDecay = 1e-5,
          .epochs = 200,
          .patience = 20,
          .kind = HeadKind::GatedAttention,
          .pool = pool,
          .adam = true,
          .zScores = false};
}

std::optional<TrainedHead> trainOneGene(const TrainingCases& cases, size_t gene,
                                        std::span<const size_t> training, std::span<const size_t> validation,
                                        const OneGeneSettings& settings, uint64_t seed,
                                        const std::stop_token& stop, const OnEpoch& onEpoch) {
  return OneGeneTrainer(cases, gene, training, validation, settings, seed).train(stop, onEpoch);
}

TensorFile untrainedOneGene(int features, const OneGeneSettings& settings, uint64_t seed) {
  return tensorsOf(makeHead(sidesFor(features, settings), seed).module());
}

int64_t parametersOfOneGene(int features, const OneGeneSettings& settings) {
  int64_t count = 0;
  const HeadModule head(sidesFor(features, settings));
  for (const torch::Tensor& parameter : head.module().parameters()) count += parameter.numel();
  return count;
}

}  // namespace geneglass
