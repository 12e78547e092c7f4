// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/head_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "inference/learning/heads/bag_loss.h"
#include "inference/learning/heads/epochs.h"
#include "inference/learning/heads/linear_training.h"
#include "inference/learning/statistics/statistics.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

/// Floats of rows x G x A: what a processor's caches hold, 2.4 times as fast as a whole bag of 8,000 tiles.
constexpr int64_t kActivationsAtOnce = int64_t{1} << 21;

torch::Tensor tensorOf(const Matrix& matrix) {
  return torch::from_blob(const_cast<float*>(matrix.values.data()),
                          {int64_t(matrix.rows), int64_t(matrix.columns)}, torch::kFloat);
}

int64_t rowsAtOnce(const HeadSides& sides) {
  const int layers = sides.kind == HeadKind::GatedAttention ? 2 : 1;
  return std::max<int64_t>(1, kActivationsAtOnce / (int64_t(sides.genes) * sides.attention * layers));
}

torch::Tensor tensorOf(const std::vector<float>& values) {
  return torch::from_blob(const_cast<float*>(values.data()), {int64_t(values.size())}, torch::kFloat);
}

/// Uniform attention at the start: every tile is asked first.
void startUniform(torch::nn::Module& module) {
  const torch::NoGradGuard noGrad;
  for (auto& item : module.named_parameters())
    if (item.key().starts_with("attention.out.")) item.value().zero_();
}

/// Mean over the genes where it is defined.
double meanCorrelation(const std::vector<std::vector<double>>& truth,
                       const std::vector<std::vector<double>>& predicted) {
  double sum = 0, count = 0;
  for (size_t gene = 0; gene < truth.size(); ++gene)
    if (const double r = pearson(truth[gene], predicted[gene]); !std::isnan(r)) sum += r, ++count;
  return sum / count;
}

/// One training run.
class HeadTrainer final {
 public:
  HeadTrainer(const TrainingCases& cases, std::span<const size_t> training, const HeadSettings& settings,
              uint64_t seed)
      : m_cases(cases),
        m_settings(settings),
        m_seed(seed),
        m_sides{settings.kind,      int(cases.bags.front()->columns), settings.embedding,
                settings.attention, int(cases.labels.columns),        settings.pool},
        m_features(fitFeatureScale(cases.bags, training)),
        m_labels(fitLabelScale(cases.labels, training)) {
    torch::manual_seed(seed);
    m_head.emplace(m_sides);
  }

  std::optional<TrainedHead> train(std::span<const size_t> training, std::span<const size_t> validation,
                                   const std::stop_token& stop, const OnEpoch& onEpoch,
                                   const Remembered& remembered) {
    startUniform(m_head->module());
    TrainingRun run(m_head->module(), m_features, training,
                    {.learningRate = m_settings.learningRate,
                     .weightDecay = m_settings.weightDecay,
                     .epochs = m_settings.epochs,
                     .patience = m_settings.patience,
                     .stopAfter = m_settings.stopAfter},
                    m_seed);
    const TrainingRun::Epoch epoch{
        [&](TrainingRun& now, int number) { return trainEpoch(now, number, stop); },
        [&] { return validate(validation); },
        [&](const EpochReport& report) {
          return m_settings.stopBy == StopBy::Loss ? report.validationLoss : 1 - report.validationR;
        }};
    std::optional<TrainingRun::Best> best = run.run(!validation.empty(), epoch, onEpoch, remembered);
    if (!best) return {};
    return TrainedHead{std::move(best->weights), m_labels, best->epoch, best->loss};
  }

  TrainedHead untrained() const {
    TrainedHead head{tensorsOf(m_head->module()), m_labels, 0, std::numeric_limits<double>::quiet_NaN()};
    m_features.foldInto(head.weights);
    return head;
  }

 private:
  BagBatch batchOf(std::span<const size_t> cases) const {
    std::vector<torch::Tensor> bags;
    BagBatch batch;
    batch.labels = torch::empty({int64_t(cases.size()), m_sides.genes});
    float* label = batch.labels.data_ptr<float>();
    for (size_t i = 0; i < cases.size(); ++i) {
      bags.push_back(tensorOf(*m_cases.bags[cases[i]]));
      batch.lengths.push_back(bags.back().size(0));
      for (size_t g = 0; g < m_cases.labels.columns; ++g)
        *label++ = float((m_cases.labels.at(cases[i], g) - m_labels.mean[g]) / m_labels.deviation[g]);
    }
    batch.features = torch::cat(bags).sub_(tensorOf(m_features.mean)).div_(tensorOf(m_features.deviation));
    return batch;
  }

  /// Takes features from each bag, another draw at each step (Srivastava et al. 2014).
  void dropFeatures(BagBatch& batch, uint64_t step) const {
    if (m_settings.featureDropout <= 0) return;
    std::mt19937_64 random(m_seed + step);
    const float grown = float(1 / (1 - m_settings.featureDropout));
    int64_t first = 0;
    for (const int64_t rows : batch.lengths) {
      torch::Tensor kept = torch::empty({batch.features.size(1)});
      for (float& one : std::span(kept.data_ptr<float>(), size_t(kept.numel())))
        one = double(random() >> 11) * 0x1p-53 < m_settings.featureDropout ? 0 : grown;
      batch.features.narrow(0, first, rows).mul_(kept);
      first += rows;
    }
  }

  /// Draws all weights to zero by the same part (Loshchilov and Hutter 2019).
  void shrink(double learningRate) {
    const torch::NoGradGuard noGrad;
    if (m_settings.shrinkage > 0)
      for (torch::Tensor& weights : m_head->module().parameters())
        weights.mul_(1 - learningRate * m_settings.shrinkage);
  }

  /// The mean loss over the steps.
  std::optional<double> trainEpoch(TrainingRun& run, int epoch, const std::stop_token& stop) {
    m_head->module().train();
    const double turn = std::numbers::pi * double(epoch - 1) / m_settings.epochs;
    const double learningRate = m_settings.learningRate * (0.55 + 0.45 * std::cos(turn));
    for (auto& group : run.adam().param_groups()) group.options().set_lr(learningRate);
    const std::span<const size_t> order = run.order();
    const size_t together = size_t(m_settings.bagsPerStep);
    double sum = 0;
    for (size_t first = 0; first < order.size(); first += together) {
      if (stop.stop_requested()) return {};
      const size_t count = std::min(together, order.size() - first);
      const uint64_t step = run.beginStep();
      BagBatch batch = batchOf(order.subspan(first, count));
      dropFeatures(batch, step);
      sum +=
          double(count) * addGradientOfBagLoss(*m_head, batch,
                                               {m_settings.attentionPenalty, m_settings.attentionFollowsValue,
                                                rowsAtOnce(m_sides), m_seed + step});
      run.adam().step();
      shrink(learningRate);
    }
    return sum / double(order.size());
  }

  EpochReport validate(std::span<const size_t> validation) {
    m_head->module().eval();
    const size_t genes = size_t(m_sides.genes);
    std::vector<std::vector<double>> truth(genes), predicted(genes);
    double sum = 0;
    for (const size_t index : validation) {
      const BagBatch batch = batchOf({&index, 1});
      const torch::Tensor values = predictBags(*m_head, batch, rowsAtOnce(m_sides)).contiguous();
      double errors = 0, known = 0;
      for (size_t gene = 0; gene < genes; ++gene) {
        const double label = batch.labels.data_ptr<float>()[gene], value = values.data_ptr<float>()[gene];
        if (std::isnan(label)) continue;
        truth[gene].push_back(label);
        predicted[gene].push_back(value);
        errors += (value - label) * (value - label), ++known;
      }
      sum += errors / std::max(1.0, known);
    }
    return {0, 0, 0, sum / double(validation.size()), meanCorrelation(truth, predicted)};
  }

  const TrainingCases& m_cases;
  HeadSettings m_settings;
  uint64_t m_seed;
  HeadSides m_sides;
  FeatureScale m_features;
  LabelScale m_labels;
  std::optional<HeadModule> m_head;
};

}  // namespace

HeadSettings spotHeadSettings() {
  HeadSettings settings;
  settings.embedding = 32;
  settings.attention = 4;
  settings.learningRate = 2e-3;
  settings.weightDecay = 0;
  settings.attentionPenalty = 0.1;
  settings.attentionFollowsValue = 0;
  settings.patience = 10;
  settings.bagsPerStep = 64;
  settings.featureDropout = 0.6;
  settings.shrinkage = 2;
  settings.stopBy = StopBy::Correlation;
  return settings;
}

void useTrainingThreads(int threads) {
  torch::set_num_threads(threadCount(threads));
}

std::optional<TrainedHead> trainHead(const TrainingCases& cases, std::span<const size_t> training,
                                     std::span<const size_t> validation, const HeadSettings& settings,
                                     uint64_t seed, const std::stop_token& stop, const OnEpoch& onEpoch,
                                     const Remembered& remembered) {
  return HeadTrainer(cases, training, settings, seed).train(training, validation, stop, onEpoch, remembered);
}

TrainedHead untrainedHead(const TrainingCases& cases, std::span<const size_t> training,
                          const HeadSettings& settings, uint64_t seed) {
  if (settings.kind == HeadKind::Linear) return untrainedLinear(cases, training, seed);
  return HeadTrainer(cases, training, settings, seed).untrained();
}

Matrix applyHead(const TrainedHead& head, std::span<const Matrix* const> bags) {
  if (isLinear(head.weights)) return applyLinear(head, bags);
  const HeadSides sides = sidesOf(head.weights);
  const HeadModule module(sides);
  (void)setTensors(module.module(), head.weights);  // cannot fail: the shape is theirs
  module.module().eval();
  Matrix predicted(bags.size(), size_t(sides.genes));
  for (size_t i = 0; i < bags.size(); ++i) {
    const torch::Tensor features = tensorOf(*bags[i]);
    const torch::Tensor values =
        predictBags(module, {features, {features.size(0)}, {}}, rowsAtOnce(sides)).contiguous();
    const float* value = values.data_ptr<float>();
    for (size_t g = 0; g < predicted.columns; ++g)
      predicted.at(i, g) = float(value[g] * head.scale.deviation[g] + head.scale.mean[g]);
  }
  return predicted;
}

}  // namespace geneglass
