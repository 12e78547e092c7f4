// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/linear_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "inference/learning/heads/feature_scale.h"
#include "inference/learning/heads/ridge_path.h"
#include "inference/learning/statistics/statistics.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr size_t kFewestOfFold = 4;  ///< cases of a fold for an r of its own
constexpr double kMostLost = 0.02;   ///< of the best r, for a larger penalty

/// Each bag's mean features, cases x D.
Matrix bagMeans(std::span<const Matrix* const> bags) {
  Matrix means(bags.size(), bags.front()->columns);
  for (size_t i = 0; i < bags.size(); ++i) {
    std::vector<double> sums(means.columns, 0);
    for (size_t tile = 0; tile < bags[i]->rows; ++tile)
      for (size_t k = 0; k < means.columns; ++k) sums[k] += double(bags[i]->at(tile, k));
    for (size_t k = 0; k < means.columns; ++k) means.at(i, k) = float(sums[k] / double(bags[i]->rows));
  }
  return means;
}

Matrix rowsOf(const Matrix& all, std::span<const size_t> rows) {
  Matrix some(rows.size(), all.columns);
  for (size_t i = 0; i < rows.size(); ++i) std::ranges::copy(all.row(rows[i]), some.row(i).begin());
  return some;
}

/// Ridge of all genes over the cases that have their labels: genes that miss the same cases share a path.
class RidgeOfGenes final {
 public:
  RidgeOfGenes(const Matrix& means, const Matrix& labels, std::span<const size_t> training)
      : m_genes(labels.columns), m_width(means.columns) {
    std::map<std::vector<size_t>, std::vector<size_t>> genesOfCases;
    for (size_t gene = 0; gene < labels.columns; ++gene) {
      std::vector<size_t> known;
      for (const size_t one : training)
        if (!std::isnan(labels.at(one, gene))) known.push_back(one);
      genesOfCases[known].push_back(gene);
    }
    for (auto& [cases, genes] : genesOfCases) {
      Matrix targets(cases.size(), genes.size());
      for (size_t i = 0; i < cases.size(); ++i)
        for (size_t g = 0; g < genes.size(); ++g) targets.at(i, g) = labels.at(cases[i], genes[g]);
      m_parts.push_back({std::move(genes), RidgePath(rowsOf(means, cases), targets)});
    }
  }

  LinearModel at(double penalty) const {
    LinearModel all{Matrix(m_genes, m_width), std::vector<double>(m_genes)};
    for (const Part& part : m_parts) {
      const LinearModel some = part.path.at(penalty);
      for (size_t g = 0; g < part.genes.size(); ++g) {
        std::ranges::copy(some.weights.row(g), all.weights.row(part.genes[g]).begin());
        all.bias[part.genes[g]] = some.bias[g];
      }
    }
    return all;
  }

 private:
  struct Part {
    std::vector<size_t> genes;
    RidgePath path;
  };
  size_t m_genes, m_width;
  std::vector<Part> m_parts;
};

/// Those of `cases` whose fold is (not) `fold`.
std::vector<size_t> ofFold(std::span<const size_t> cases, const std::vector<int>& foldOfCase, int fold,
                           bool is) {
  std::vector<size_t> some;
  std::ranges::copy_if(cases, std::back_inserter(some),
                       [&](size_t one) { return (foldOfCase[one] == fold) == is; });
  return some;
}

std::set<int> foldsAmong(std::span<const size_t> cases, const std::vector<int>& foldOfCase) {
  std::set<int> folds;
  for (const size_t one : cases) folds.insert(foldOfCase[one]);
  return folds;
}

/// Pearson's r of each gene over the cases that have its label, mean over genes; NaN where none is defined.
double meanR(const Matrix& truth, const Matrix& predicted, const std::vector<size_t>& cases) {
  double sum = 0, count = 0;
  for (size_t gene = 0; gene < truth.columns; ++gene) {
    std::vector<double> measured, said;
    for (const size_t one : cases)
      if (!std::isnan(truth.at(one, gene))) {
        measured.push_back(double(truth.at(one, gene)));
        said.push_back(double(predicted.at(one, gene)));
      }
    if (measured.size() < kFewestOfFold) continue;
    if (const double r = pearson(measured, said); !std::isnan(r)) sum += r, ++count;
  }
  return sum / count;
}

/// Whether one is as good as the best, but for one standard error of their differences over the folds.
bool isWithinError(const PenaltyScore& one, const PenaltyScore& best) {
  std::vector<double> behind;
  for (size_t fold = 0; fold < best.r.size(); ++fold) behind.push_back(best.r[fold] - one.r[fold]);
  const double mean = meanOf(behind), count = double(behind.size());
  double squares = 0;
  for (const double value : behind) squares += (value - mean) * (value - mean);
  const double error = count > 1 ? std::sqrt(squares / (count - 1) / count) : 0;
  return mean <= std::min(error, kMostLost * meanOf(best.r));
}

/// Every penalty on the inner folds; nothing where `stop` was asked.
std::optional<std::vector<PenaltyScore>> tryPenalties(const Matrix& means, const Matrix& labels,
                                                      std::span<const size_t> training,
                                                      const std::vector<int>& foldOfCase,
                                                      const std::stop_token& stop) {
  const std::vector<double>& penalties = ridgePenalties();
  std::vector<Matrix> predicted(penalties.size(), Matrix(labels.rows, labels.columns));
  for (const int fold : foldsAmong(training, foldOfCase)) {
    if (stop.stop_requested()) return {};
    const std::vector<size_t> others = ofFold(training, foldOfCase, fold, false),
                              judged = ofFold(training, foldOfCase, fold, true);
    const RidgeOfGenes ridge(means, labels, others);
    const Matrix asked = rowsOf(means, judged);
    for (size_t i = 0; i < penalties.size(); ++i) {
      const Matrix said = ridge.at(penalties[i]).predict(asked);
      for (size_t k = 0; k < judged.size(); ++k)
        std::ranges::copy(said.row(k), predicted[i].row(judged[k]).begin());
    }
  }
  std::vector<PenaltyScore> tried;
  for (size_t i = 0; i < penalties.size(); ++i)
    tried.push_back({penalties[i], meanFoldR(labels, predicted[i], training, foldOfCase)});
  return tried;
}

/// As a head's tensors, which give z-scores.
TrainedHead headOf(const LinearModel& model, LabelScale scale) {
  const auto genes = int64_t(model.weights.rows), width = int64_t(model.weights.columns);
  StoredTensor weight{{genes, width}, model.weights.values}, bias{{genes}, {}};
  for (size_t gene = 0; gene < size_t(genes); ++gene) {
    const double deviation = scale.deviation[gene];
    for (size_t k = 0; k < size_t(width); ++k)
      weight.values[gene * size_t(width) + k] = float(double(model.weights.at(gene, k)) / deviation);
    bias.values.push_back(float((model.bias[gene] - scale.mean[gene]) / deviation));
  }
  TrainedHead head;
  head.weights = {{"value.weight", std::move(weight)}, {"value.bias", std::move(bias)}};
  head.scale = std::move(scale);
  return head;
}

}  // namespace

const std::vector<double>& ridgePenalties() {
  static const std::vector<double> penalties = [] {
    std::vector<double> all;
    for (int half = 0; half <= 12; ++half) all.push_back(std::pow(10, half / 2.0));
    return all;
  }();
  return penalties;
}

double chosenPenalty(const std::vector<PenaltyScore>& tried) {
  const PenaltyScore* best = nullptr;
  for (const PenaltyScore& one : tried)
    if (!std::isnan(meanOf(one.r)) && (!best || meanOf(one.r) > meanOf(best->r))) best = &one;
  if (!best) return tried.back().penalty;
  double chosen = best->penalty;
  for (const PenaltyScore& one : tried)
    if (one.r.size() == best->r.size() && isWithinError(one, *best)) chosen = std::max(chosen, one.penalty);
  return chosen;
}

std::optional<LinearHead> trainLinear(const TrainingCases& cases, std::span<const size_t> training,
                                      const std::vector<int>& foldOfCase, const std::stop_token& stop) {
  const Matrix means = bagMeans(cases.bags);
  LinearHead linear;
  linear.penalty = ridgePenalties().back();
  if (foldsAmong(training, foldOfCase).size() > 1) {
    auto tried = tryPenalties(means, cases.labels, training, foldOfCase, stop);
    if (!tried) return {};
    linear.penalty = chosenPenalty(*tried);
    linear.tried = std::move(*tried);
  }
  linear.head = headOf(RidgeOfGenes(means, cases.labels, training).at(linear.penalty),
                       fitLabelScale(cases.labels, training));
  return linear;
}

TrainedHead untrainedLinear(const TrainingCases& cases, std::span<const size_t> training, uint64_t seed) {
  const FeatureScale features = fitFeatureScale(cases.bags, training);
  const size_t width = cases.bags.front()->columns, genes = cases.labels.columns;
  std::mt19937_64 random(seed);
  std::normal_distribution<double> draw(0, 1 / std::sqrt(double(width)));
  StoredTensor weight{{int64_t(genes), int64_t(width)}, {}}, bias{{int64_t(genes)}, {}};
  for (size_t gene = 0; gene < genes; ++gene) {
    double shift = 0;
    for (size_t k = 0; k < width; ++k) {
      const double slope = draw(random) / double(features.deviation[k]);
      weight.values.push_back(float(slope));
      shift -= slope * double(features.mean[k]);
    }
    bias.values.push_back(float(shift));
  }
  TrainedHead head;
  head.weights = {{"value.weight", std::move(weight)}, {"value.bias", std::move(bias)}};
  head.scale = fitLabelScale(cases.labels, training);
  return head;
}

bool isLinear(const TensorFile& weights) {
  return weights.count("embedding.weight") == 0;
}

Matrix applyLinear(const TrainedHead& head, std::span<const Matrix* const> bags) {
  const StoredTensor& weight = head.weights.at("value.weight");
  LinearModel model{Matrix(size_t(weight.shape[0]), size_t(weight.shape[1])), {}};
  model.weights.values = weight.values;
  for (const float bias : head.weights.at("value.bias").values) model.bias.push_back(double(bias));
  Matrix predicted = model.predict(bagMeans(bags));
  for (size_t i = 0; i < predicted.rows; ++i)
    for (size_t g = 0; g < predicted.columns; ++g)
      predicted.at(i, g) = float(double(predicted.at(i, g)) * head.scale.deviation[g] + head.scale.mean[g]);
  return predicted;
}

std::optional<LinearValidation> crossValidateLinear(const TrainingCases& cases,
                                                    const std::vector<int>& foldOfCase, int folds,
                                                    const std::stop_token& stop, const OnProgress& progress) {
  const TimeLeft time;
  LinearValidation result{Matrix(cases.bags.size(), cases.labels.columns), {}, {}};
  std::vector<size_t> all(cases.bags.size());
  std::iota(all.begin(), all.end(), size_t{0});
  for (int fold = 0; fold < folds; ++fold) {
    progress({"linear heads, fold", fold, folds, time.after(fold, folds)});
    auto linear = trainLinear(cases, ofFold(all, foldOfCase, fold, false), foldOfCase, stop);
    if (!linear) return {};
    const std::vector<size_t> judged = ofFold(all, foldOfCase, fold, true);
    std::vector<const Matrix*> bags;
    for (const size_t one : judged) bags.push_back(cases.bags[one]);
    const Matrix predicted = applyLinear(linear->head, bags);
    for (size_t i = 0; i < judged.size(); ++i)
      std::ranges::copy(predicted.row(i), result.predicted.row(judged[i]).begin());
    result.penalties.push_back(linear->penalty);
    result.heads.push_back(std::move(linear->head));
  }
  return result;
}

std::vector<double> meanFoldR(const Matrix& truth, const Matrix& predicted, std::span<const size_t> judged,
                              const std::vector<int>& foldOfCase) {
  std::vector<double> ofFolds;
  for (const int fold : foldsAmong(judged, foldOfCase))
    if (const double r = meanR(truth, predicted, ofFold(judged, foldOfCase, fold, true)); !std::isnan(r))
      ofFolds.push_back(r);
  if (ofFolds.empty()) ofFolds.push_back(meanR(truth, predicted, {judged.begin(), judged.end()}));
  return ofFolds;
}

}  // namespace geneglass
