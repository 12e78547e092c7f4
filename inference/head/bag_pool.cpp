// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/bag_pool.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace geneglass {

BagExtremes extremesOf(std::span<const float> logits) {
  std::vector<size_t> order(logits.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (order.size() <= 2 * kExtremes) return {order, order};
  const auto isLower = [&](size_t a, size_t b) { return logits[a] < logits[b]; };
  std::stable_sort(order.begin(), order.end(), isLower);
  return {{order.begin(), order.begin() + kExtremes}, {order.end() - kExtremes, order.end()}};
}

std::vector<double> softmaxOf(std::span<const float> logits) {
  std::vector<double> shares(logits.size());
  double largest = -INFINITY, sum = 0;
  for (const float logit : logits) largest = std::max(largest, double(logit));
  for (size_t i = 0; i < shares.size(); ++i) sum += shares[i] = std::exp(logits[i] - largest);
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace geneglass
