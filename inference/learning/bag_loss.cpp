// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/bag_loss.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

using Scores = AttentionRegressionModule::Scores;

/// Scores of the rows [first, first + count); the same dropout each time it is called.
Scores scoresOfRows(AttentionRegressionModule& module, const torch::Tensor& features, int64_t first,
                    int64_t count, uint64_t seed) {
  const uint64_t ofRows = seed * 1'000'003 + static_cast<uint64_t>(first);
  return module.scores(features.narrow(0, first, count), at::detail::createCPUGenerator(ofRows));
}

int64_t rowsFrom(int64_t first, int64_t all, int64_t atOnce) {
  return std::min(atOnce, all - first);
}

Scores scoresWithoutGraph(AttentionRegressionModule& module, const torch::Tensor& features,
                          const BagLossOptions& options) {
  const torch::NoGradGuard noGrad;
  std::vector<torch::Tensor> values, logits;
  const int64_t rows = features.size(0);
  for (int64_t first = 0; first < rows; first += options.rowsAtOnce) {
    const int64_t count = rowsFrom(first, rows, options.rowsAtOnce);
    const Scores scores = scoresOfRows(module, features, first, count, options.dropoutSeed);
    values.push_back(scores.values);
    logits.push_back(scores.logits);
  }
  return {torch::cat(values), torch::cat(logits)};
}

/// Y of each bag, and the mean over bags and genes of KL(a || prior).
struct Pooled {
  torch::Tensor values;
  torch::Tensor divergence;
};

/// Logarithm of the prior attention, tiles x G.
torch::Tensor logPrior(const torch::Tensor& values, double follows) {
  const torch::NoGradGuard noGrad;
  const torch::Tensor centred = values - values.mean(0, true);
  const torch::Tensor deviation = centred.square().mean(0, true).sqrt().clamp_min(1e-6);
  return (follows * centred / deviation).log_softmax(0);
}

Pooled pool(const Scores& scores, const std::vector<int64_t>& lengths, double follows) {
  std::vector<torch::Tensor> values, divergences;
  int64_t first = 0;
  for (const int64_t length : lengths) {
    const torch::Tensor logAttention = scores.logits.narrow(0, first, length).log_softmax(0);
    const torch::Tensor attention = logAttention.exp();
    const torch::Tensor tiles = scores.values.narrow(0, first, length);
    const double limit = AttentionRegressionModule::kClamp;
    values.push_back((attention * tiles).sum(0).clamp(-limit, limit));
    divergences.push_back((attention * (logAttention - logPrior(tiles, follows))).sum(0).mean());
    first += length;
  }
  return {torch::stack(values), torch::stack(divergences).mean()};
}

torch::Tensor lossOf(const Scores& scores, const BagBatch& batch, const BagLossOptions& options) {
  const Pooled pooled = pool(scores, batch.lengths, options.attentionFollowsValue);
  const torch::Tensor known = batch.labels.isfinite();
  const torch::Tensor error =
      torch::where(known, pooled.values - batch.labels, torch::zeros_like(batch.labels));
  const torch::Tensor mean = error.square().sum() / known.sum().clamp_min(1);
  return options.attentionPenalty > 0 ? mean + options.attentionPenalty * pooled.divergence : mean;
}

}  // namespace

double addGradientOfBagLoss(AttentionRegressionModule& module, const BagBatch& batch,
                            const BagLossOptions& options) {
  const int64_t rows = batch.features.size(0);
  if (rows <= options.rowsAtOnce) {
    const Scores scores = scoresOfRows(module, batch.features, 0, rows, options.dropoutSeed);
    const torch::Tensor loss = lossOf(scores, batch, options);
    loss.backward();
    return loss.item<double>();
  }
  Scores leaves = scoresWithoutGraph(module, batch.features, options);
  leaves.values.requires_grad_();
  leaves.logits.requires_grad_();
  const torch::Tensor loss = lossOf(leaves, batch, options);
  loss.backward();
  for (int64_t first = 0; first < rows; first += options.rowsAtOnce) {
    const int64_t count = rowsFrom(first, rows, options.rowsAtOnce);
    const Scores scores = scoresOfRows(module, batch.features, first, count, options.dropoutSeed);
    torch::autograd::backward({scores.values, scores.logits}, {leaves.values.grad().narrow(0, first, count),
                                                               leaves.logits.grad().narrow(0, first, count)});
  }
  return loss.item<double>();
}

double bagLoss(AttentionRegressionModule& module, const BagBatch& batch, const BagLossOptions& options) {
  const torch::NoGradGuard noGrad;
  return lossOf(scoresWithoutGraph(module, batch.features, options), batch, options).item<double>();
}

torch::Tensor predictBags(AttentionRegressionModule& module, const BagBatch& batch, int64_t rowsAtOnce) {
  const torch::NoGradGuard noGrad;
  return pool(scoresWithoutGraph(module, batch.features, {.rowsAtOnce = rowsAtOnce}), batch.lengths, 0)
      .values;
}

}  // namespace geneglass
