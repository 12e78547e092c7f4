// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "viewer/foundation/matrix.h"

namespace geneglass {

/// A distribution's mean and covariance, the latter drawn towards a multiple of the identity as far as the
/// rows are too few for it: S* = (1 - shrinkage) S + shrinkage (trace S / D) I. Ledoit and Wolf (2004)
/// Journal of Multivariate Analysis 88, 365-411, lemma 3.2 and 3.3: the closed form of the least expected
/// squared error.
struct ShrunkCovariance {
  std::vector<double> mean;        ///< D
  std::vector<double> covariance;  ///< D x D, S*; S divides by n
  double shrinkage = 0;            ///< 0..1

  size_t dimension() const { return mean.size(); }
};

/// Of n x D rows, n >= 1. Blocks for about 2 n D^2 operations, on OpenMP's threads.
ShrunkCovariance shrunkCovariance(const Matrix& rows);

/// Lower triangular, with W' W = the inverse of the covariance, so that |W (x - mean)|^2 is the squared
/// Mahalanobis distance: row by row, row i having i + 1 numbers. None where the covariance is singular, as of
/// rows that are all the same. About D^3 / 2 operations.
std::optional<std::vector<double>> whiteningOf(const ShrunkCovariance& distribution);

}  // namespace geneglass
