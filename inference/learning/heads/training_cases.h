// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numeric>
#include <vector>

#include "viewer/foundation/matrix.h"

namespace geneglass {

/// Bags and labels of all cases, in one order. The features outlive the training.
struct TrainingCases {
  std::vector<const Matrix*> bags;  ///< N x D each, N >= 1
  Matrix labels;                    ///< cases x G; NaN where missing

  std::vector<size_t> all() const {  ///< 0, 1, ...
    std::vector<size_t> indices(bags.size());
    std::iota(indices.begin(), indices.end(), size_t{0});
    return indices;
  }
};

}  // namespace geneglass
