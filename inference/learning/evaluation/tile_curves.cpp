// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/tile_curves.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace geneglass {
namespace {

constexpr double kShares[] = {0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
constexpr int kRandomOrders = 5;
enum Kind { DeletionByAttention, DeletionAtRandom, InsertionByAttention, InsertionAtRandom, Kinds };

/// |Y(rest) - Y| / deviation at each share, the first tiles of `order` removed and shown.
struct Moves {
  std::vector<double> deletion;
  std::vector<double> insertion;
};

Moves movesAlong(const std::vector<size_t>& order, std::span<const float> attention,
                 std::span<const float> contribution, double deviation) {
  const size_t count = order.size();
  std::vector<double> attended(count + 1), contributed(count + 1);
  for (size_t i = 0; i < count; ++i) {
    attended[i + 1] = attended[i] + attention[order[i]];
    contributed[i + 1] = contributed[i] + contribution[order[i]] / double(count);
  }
  const double whole = contributed[count] / attended[count];
  const auto moved = [&](double sum, double weight) {
    return weight > 0 ? std::abs(sum / weight - whole) / deviation : 0;
  };
  Moves moves;
  for (const double share : kShares) {
    const size_t first = std::min(count - 1, size_t(std::lround(share * double(count))));
    const size_t shown = std::max<size_t>(1, first);
    moves.deletion.push_back(
        moved(contributed[count] - contributed[first], attended[count] - attended[first]));
    moves.insertion.push_back(moved(contributed[shown], attended[shown]));
  }
  return moves;
}

void addShare(std::vector<double>& sum, const std::vector<double>& values, double weight) {
  for (size_t i = 0; i < values.size(); ++i) sum[i] += weight * values[i];
}

std::vector<CurvePoint> curveOf(const std::vector<std::vector<double>>& cases) {
  std::vector<CurvePoint> curve;
  const double count = double(cases.size());
  for (size_t i = 0; i < std::size(kShares); ++i) {
    double sum = 0, squares = 0;
    for (const std::vector<double>& one : cases) sum += one[i], squares += one[i] * one[i];
    const double mean = sum / count;
    const double variance = count > 1 ? std::max(0.0, squares - sum * mean) / (count - 1) : 0;
    const double half = 1.96 * std::sqrt(variance / count);
    curve.push_back({kShares[i], mean, mean - half, mean + half});
  }
  return curve;
}

}  // namespace

TileCurveScores::TileCurveScores(std::vector<size_t> genes, std::vector<double> deviations, uint64_t seed)
    : m_genes(std::move(genes)), m_deviations(std::move(deviations)), m_seed(seed) {}

void TileCurveScores::add(const BagPrediction& prediction) {
  const size_t tiles = prediction.attention.columns;
  std::mt19937_64 random(m_seed + m_cases[0].size());
  std::vector<double> sums[Kinds];
  for (auto& sum : sums) sum.assign(std::size(kShares), 0);
  std::vector<size_t> order(tiles);
  std::iota(order.begin(), order.end(), size_t{0});
  const double weight = 1 / double(m_genes.size());
  for (const size_t gene : m_genes) {
    const auto attention = prediction.attention.row(gene), contribution = prediction.contribution.row(gene);
    for (int draw = 0; draw < kRandomOrders; ++draw) {
      std::shuffle(order.begin(), order.end(), random);
      const Moves moves = movesAlong(order, attention, contribution, m_deviations[gene]);
      addShare(sums[DeletionAtRandom], moves.deletion, weight / kRandomOrders);
      addShare(sums[InsertionAtRandom], moves.insertion, weight / kRandomOrders);
    }
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return attention[a] != attention[b] ? attention[a] > attention[b] : a < b;
    });
    const Moves moves = movesAlong(order, attention, contribution, m_deviations[gene]);
    addShare(sums[DeletionByAttention], moves.deletion, weight);
    addShare(sums[InsertionByAttention], moves.insertion, weight);
  }
  for (int kind = 0; kind < Kinds; ++kind) m_cases[kind].push_back(sums[kind]);
}

TileCurves TileCurveScores::curves() const {
  if (m_cases[0].empty()) return {};
  return {curveOf(m_cases[DeletionByAttention]),
          curveOf(m_cases[DeletionAtRandom]),
          curveOf(m_cases[InsertionByAttention]),
          curveOf(m_cases[InsertionAtRandom]),
          int(m_cases[0].size()),
          int(m_genes.size())};
}

}  // namespace geneglass
