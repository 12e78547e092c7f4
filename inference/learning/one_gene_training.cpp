// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/one_gene_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <random>

#include "inference/learning/bag_loss.h"
#include "inference/learning/statistics.h"

namespace geneglass {
namespace {

constexpr int64_t kRowsAtOnce = int64_t{1} << 17;

std::shared_ptr<AttentionRegressionModule> makeModule(const AttentionShape& shape, uint64_t seed) {
  static std::mutex drawing;  // LibTorch draws first weights from one generator of the whole program
  const std::scoped_lock lock(drawing);
  torch::manual_seed(seed);
  return std::make_shared<AttentionRegressionModule>(shape);
}

std::vector<size_t> withLabel(const TrainingCases& cases, size_t gene, std::span<const size_t> chosen) {
  std::vector<size_t> known;
  std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(known),
               [&](size_t index) { return !std::isnan(cases.labels.at(index, gene)); });
  return known;
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
        m_module(
            makeModule({int(cases.bags.front()->columns), settings.embedding, settings.attention, 1}, seed)) {
    const LabelScale all = fitLabelScale(cases.labels, m_training);
    m_scale = {{all.mean[gene]}, {all.deviation[gene]}};
  }

  std::optional<TrainedHead> train(const std::stop_token& stop, const OnEpoch& onEpoch) {
    torch::optim::SGD sgd(m_module->parameters(), torch::optim::SGDOptions(m_settings.learningRate)
                                                      .momentum(m_settings.momentum)
                                                      .weight_decay(m_settings.weightDecay)
                                                      .nesterov(true));
    TrainedHead best{{}, m_scale, 0, std::numeric_limits<double>::infinity()};
    for (int epoch = 1; epoch <= m_settings.epochs; ++epoch) {
      const std::optional<double> training = trainEpoch(sgd, stop);
      if (!training) return {};
      EpochReport report = validate();
      report.epoch = epoch;
      report.ofEpochs = m_settings.epochs;
      report.trainingLoss = *training;
      if (report.validationLoss < best.validationLoss || best.weights.empty())
        best = {tensorsOf(*m_module), m_scale, epoch, report.validationLoss};
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
  std::optional<double> trainEpoch(torch::optim::SGD& sgd, const std::stop_token& stop) {
    m_module->train();
    std::shuffle(m_training.begin(), m_training.end(), m_random);
    double sum = 0;
    for (const size_t index : m_training) {
      if (stop.stop_requested()) return {};
      sgd.zero_grad();
      sum += addGradientOfBagLoss(*m_module, batchOf(index),
                                  {.rowsAtOnce = kRowsAtOnce, .dropoutSeed = m_seed + ++m_steps});
      sgd.step();
    }
    return sum / double(m_training.size());
  }

  EpochReport validate() {
    m_module->eval();
    std::vector<double> truth, predicted;
    for (const size_t index : m_validation) {
      const BagBatch batch = batchOf(index);
      truth.push_back(batch.labels.item<double>());
      predicted.push_back(predictBags(*m_module, batch, kRowsAtOnce).item<double>());
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
  LabelScale m_scale;
  std::shared_ptr<AttentionRegressionModule> m_module;
};

}  // namespace

std::optional<TrainedHead> trainOneGene(const TrainingCases& cases, size_t gene,
                                        std::span<const size_t> training, std::span<const size_t> validation,
                                        const OneGeneSettings& settings, uint64_t seed,
                                        const std::stop_token& stop, const OnEpoch& onEpoch) {
  return OneGeneTrainer(cases, gene, training, validation, settings, seed).train(stop, onEpoch);
}

TensorFile untrainedOneGene(int features, const OneGeneSettings& settings, uint64_t seed) {
  return tensorsOf(*makeModule({features, settings.embedding, settings.attention, 1}, seed));
}

int64_t parametersOfOneGene(int features, const OneGeneSettings& settings) {
  int64_t count = 0;
  const AttentionRegressionModule module({features, settings.embedding, settings.attention, 1});
  for (const torch::Tensor& parameter : module.parameters()) count += parameter.numel();
  return count;
}

}  // namespace geneglass
