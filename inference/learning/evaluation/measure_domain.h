// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "inference/learning/cohort/fold_file.h"
#include "inference/package/feature_domain.h"
#include "viewer/foundation/matrix.h"

namespace geneglass {

/// The slide of each case, counted from 0: a case of its own, but for feature bags (.h5) that say of which
/// slide they are a part, as spots and regions of a section are.
std::vector<size_t> slideOfCase(const Cohort& cohort);

/// The bags of a training, and how they are divided.
struct DomainCases {
  std::span<const Matrix> bags;  ///< N x D each
  std::vector<size_t> slide;     ///< of each bag, counted from 0
  Folds folds;                   ///< of the bags; a slide's are in one
  uint64_t seed = 1;             ///< of the sample of tiles
};

/// Describes the tissue of a training: mean and covariance of a sample of its tiles, as many of each slide;
/// and by the folds, each judged by the others, what squared distance and what shares of tiles beyond it
/// held-out slides have. None where the features are of no use (all the same, not finite) or `stop` was
/// asked.
std::optional<FeatureDomain> measureDomain(const DomainCases& cases, const std::stop_token& stop);

}  // namespace geneglass
