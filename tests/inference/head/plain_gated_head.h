// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/inference/made_model.h"
#include "viewer/foundation/matrix.h"

namespace geneglass::testing {

/// The gated formulas of head_network.h by plain loops, in double precision, of one tile.
struct PlainGatedTile {
  std::vector<double> embedded;  ///< H
  std::vector<double> logits;    ///< G
};

/// row . x + offset
inline double plainRow(const TensorFile& head, const std::string& layer, size_t row,
                       const std::vector<double>& x) {
  double sum = head.at(layer + ".bias").values[row];
  for (size_t j = 0; j < x.size(); ++j) sum += head.at(layer + ".weight").values[row * x.size() + j] * x[j];
  return sum;
}

inline std::vector<PlainGatedTile> plainGatedTiles(const TensorFile& head, const Matrix& features) {
  const std::vector<int64_t>& hidden = head.at("attention.tanh.weight").shape;
  const auto branches = size_t(hidden[0]), width = size_t(hidden[1]);
  std::vector<PlainGatedTile> tiles(features.rows);
  for (size_t i = 0; i < features.rows; ++i) {
    const std::vector<double> x(features.row(i).begin(), features.row(i).end());
    std::vector<double>& h = tiles[i].embedded;
    for (size_t j = 0; j < size_t(hidden[2]); ++j)
      h.push_back(std::max(0.0, plainRow(head, "embedding", j, x)));
    for (size_t g = 0; g < branches; ++g) {
      double e = head.at("attention.out.bias").values[g];
      for (size_t a = g * width; a < (g + 1) * width; ++a)
        e += head.at("attention.out.weight").values[a] * std::tanh(plainRow(head, "attention.tanh", a, h)) /
             (1 + std::exp(-plainRow(head, "attention.sigmoid", a, h)));
      tiles[i].logits.push_back(e);
    }
  }
  return tiles;
}

}  // namespace geneglass::testing
