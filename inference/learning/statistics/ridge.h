// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "viewer/foundation/matrix.h"

namespace geneglass {

/// Linear regression of many targets with a quadratic penalty (Hoerl and Kennard 1970): with X the n x D
/// features and Y the n x G targets, both standardised over the rows given,
///   W = X' (X X' + penalty D I)^-1 Y.
/// The baseline that attention regression is compared with.
class Ridge final {
 public:
  /// penalty > 0; n >= 1. Blocks for about n^3 / 3 + 2 n^2 G multiplications.
  static Ridge fit(const Matrix& features, const Matrix& targets, double penalty);

  /// Rows x D -> rows x G, in the targets' unit.
  Matrix predict(const Matrix& features) const;

 private:
  std::vector<float> m_featureMean, m_featureDeviation;  ///< D
  std::vector<float> m_targetMean, m_targetDeviation;    ///< G
  Matrix m_weights;                                      ///< D x G
};

}  // namespace geneglass
