// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "viewer/foundation/matrix.h"

namespace geneglass {

struct NeighbourScore {
  double accuracy = 0;          ///< part of the rows that were classed rightly; NaN without rows
  double balancedAccuracy = 0;  ///< mean over classes of that
};

/// Classes each row by a vote of the `neighbours` rows most like it (cosine of features standardised over all
/// rows) among those of other groups: a slide's tiles do not vote for each other. N x D, N classes (below 0:
/// the row takes no part), N groups. Votes weigh exp(cosine / 0.07) (Wu et al. 2018).
NeighbourScore neighbourScore(const Matrix& features, std::span<const int> classes,
                              std::span<const int> groups, size_t neighbours);

}  // namespace geneglass
