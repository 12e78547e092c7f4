// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/bag_loss.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

using Scores = HeadModule::Scores;

/// Scores of the rows [first, first + count); the same dropout each time it is called.
Scores scoresOfRows(const HeadModule& head, const torch::Tensor& features, int64_t first, int64_t count,
                    uint64_t seed) {
  const uint64_t ofRows = seed * 1'000'003 + static_cast<uint64_t>(first);
  return head.scores(features.narrow(0, first, count), at::detail::createCPUGenerator(ofRows));
}

int64_t rowsFrom(int64_t first, int64_t all, int64_t atOnce) {
  return std::min(atOnce, all - first);
}

Scores scoresWithoutGraph(const HeadModule& head, const torch::Tensor& features,
                          const BagLossOptions& options) {
  const torch::NoGradGuard noGrad;
  std::vector<torch::Tensor> values, logits;
  const int64_t rows = features.size(0);
  for (int64_t first = 0; first < rows; first += options.rowsAtOnce) {
    const int64_t count = rowsFrom(first, rows, options.rowsAtOnce);
    const Scores scores = scoresOfRows(head, features, first, count, options.dropoutSeed);
    values.push_back(scores.values);
    logits.push_back(scores.logits);
  }
  return {torch::cat(values), torch::cat(logits)};
}

/// Y of each bag by the head's pool and by attention, and the mean over bags and genes of KL(a || prior).
struct Pooled {
  torch::Tensor values;
  torch::Tensor attended;
  torch::Tensor divergence;
};

/// Logarithm of the prior attention, tiles x G.
torch::Tensor logPrior(const torch::Tensor& values, double follows) {
  const torch::NoGradGuard noGrad;
  const torch::Tensor centred = values - values.mean(0, true);
  const torch::Tensor deviation = centred.square().mean(0, true).sqrt().clamp_min(1e-6);
  return (follows * centred / deviation).log_softmax(0);
}

Pooled pool(const HeadModule& head, const Scores& scores, const std::vector<int64_t>& lengths,
            double follows) {
  std::vector<torch::Tensor> values, attended, divergences;
  int64_t first = 0;
  for (const int64_t length : lengths) {
    const Scores bag{scores.values.narrow(0, first, length), scores.logits.narrow(0, first, length)};
    const torch::Tensor logAttention = bag.logits.log_softmax(0), attention = logAttention.exp();
    const torch::Tensor tiles = head.estimates(bag);
    values.push_back(head.pooled(bag));
    attended.push_back((attention * tiles).sum(0));
    divergences.push_back((attention * (logAttention - logPrior(tiles, follows))).sum(0).mean());
    first += length;
  }
  return {torch::stack(values), torch::stack(attended), torch::stack(divergences).mean()};
}

/// Mean over the known labels.
torch::Tensor squaredError(const torch::Tensor& values, const torch::Tensor& labels) {
  const torch::Tensor known = labels.isfinite();
  const torch::Tensor error = torch::where(known, values - labels, torch::zeros_like(labels));
  return error.square().sum() / known.sum().clamp_min(1);
}

torch::Tensor lossOf(const HeadModule& head, const Scores& scores, const BagBatch& batch,
                     const BagLossOptions& options) {
  const Pooled pooled = pool(head, scores, batch.lengths, options.attentionFollowsValue);
  torch::Tensor loss = squaredError(pooled.values, batch.labels);
  if (head.poolsByRank()) loss = loss + squaredError(pooled.attended, batch.labels);
  return options.attentionPenalty > 0 ? loss + options.attentionPenalty * pooled.divergence : loss;
}

}  // namespace

double addGradientOfBagLoss(const HeadModule& head, const BagBatch& batch, const BagLossOptions& options) {
  const int64_t rows = batch.features.size(0);
  if (rows <= options.rowsAtOnce) {
    const Scores scores = scoresOfRows(head, batch.features, 0, rows, options.dropoutSeed);
    const torch::Tensor loss = lossOf(head, scores, batch, options);
    loss.backward();
    return loss.item<double>();
  }
  Scores leaves = scoresWithoutGraph(head, batch.features, options);
  leaves.values.requires_grad_();
  leaves.logits.requires_grad_();
  const torch::Tensor loss = lossOf(head, leaves, batch, options);
  loss.backward();
  for (int64_t first = 0; first < rows; first += options.rowsAtOnce) {
    const int64_t count = rowsFrom(first, rows, options.rowsAtOnce);
    const Scores scores = scoresOfRows(head, batch.features, first, count, options.dropoutSeed);
    torch::autograd::backward({scores.values, scores.logits}, {leaves.values.grad().narrow(0, first, count),
                                                               leaves.logits.grad().narrow(0, first, count)});
  }
  return loss.item<double>();
}

double bagLoss(const HeadModule& head, const BagBatch& batch, const BagLossOptions& options) {
  const torch::NoGradGuard noGrad;
  return lossOf(head, scoresWithoutGraph(head, batch.features, options), batch, options).item<double>();
}

torch::Tensor predictBags(const HeadModule& head, const BagBatch& batch, int64_t rowsAtOnce) {
  const torch::NoGradGuard noGrad;
  return pool(head, scoresWithoutGraph(head, batch.features, {.rowsAtOnce = rowsAtOnce}), batch.lengths, 0)
      .values;
}

}  // namespace geneglass
