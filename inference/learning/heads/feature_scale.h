// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "viewer/foundation/matrix.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// Mean and deviation of each feature over bags, each bag weighing the same whatever its tiles.
struct FeatureScale {
  std::vector<float> mean;       ///< D
  std::vector<float> deviation;  ///< D, above 0

  /// N x D -> (x - mean) / deviation
  Matrix standardised(const Matrix& features) const;
  /// Makes weights for raw features of weights for standardised ones: W (x - m) / s + b in `embedding.weight`
  /// (H x D) and `embedding.bias` (H).
  void foldInto(TensorFile& weights) const;
};

/// Of the chosen bags. A feature that hardly varies keeps a deviation of a thousandth of the features' mean
/// one.
FeatureScale fitFeatureScale(std::span<const Matrix* const> bags, std::span<const size_t> chosen);

}  // namespace geneglass
