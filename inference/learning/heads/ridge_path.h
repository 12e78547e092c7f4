// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "viewer/foundation/matrix.h"

namespace geneglass {

/// A linear model of G targets: y_g = weights_g . x + bias_g, in the units of what it was fitted to.
struct LinearModel {
  Matrix weights;            ///< G x D
  std::vector<double> bias;  ///< G

  /// Rows x D -> rows x G.
  Matrix predict(const Matrix& features) const;
};

/// Linear regression with a quadratic penalty (Hoerl and Kennard 1970; methods.md section 6), all penalties
/// and all targets from one eigendecomposition. With X the n x D features less their mean and over their
/// deviation, Y the n x G targets less theirs:
///   B = (X'X + penalty I)^-1 X'Y
/// of X'X where n >= D, else of XX'. In double precision. Constant; any thread.
class RidgePath final {
 public:
  /// n >= 1 rows, no NaN. A feature that hardly varies keeps a deviation of a
  /// thousandth of the features' mean one. Blocks for about min(n, D)^3
  /// operations. Throws std::exception.
  RidgePath(const Matrix& features, const Matrix& targets);
  ~RidgePath();
  RidgePath(RidgePath&&) noexcept;
  RidgePath& operator=(RidgePath&&) noexcept;

  /// penalty > 0.
  LinearModel at(double penalty) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> m_parts;
};

}  // namespace geneglass
