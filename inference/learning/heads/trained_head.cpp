// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/trained_head.h"

#include <cmath>

namespace geneglass {

LabelScale fitLabelScale(const Matrix& labels, std::span<const size_t> cases) {
  LabelScale scale;
  for (size_t gene = 0; gene < labels.columns; ++gene) {
    double sum = 0, squares = 0, count = 0;
    for (const size_t index : cases) {
      const double value = labels.at(index, gene);
      if (std::isnan(value)) continue;
      sum += value, squares += value * value, ++count;
    }
    const double mean = count > 0 ? sum / count : 0;
    const double variance = count > 0 ? squares / count - mean * mean : 0;
    scale.mean.push_back(mean);
    scale.deviation.push_back(variance > 1e-12 ? std::sqrt(variance) : 1);
  }
  return scale;
}

}  // namespace geneglass
