// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>

#include "inference/learning/cohort/cohort.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

struct DomainOptions {
  std::filesystem::path bags;  ///< where features are kept; empty = where predictions keep them
  int folds = 5;               ///< drawn by seed, by patient; fewer where there are fewer patients
  uint64_t seed = 1;
  int threads = 0;  ///< 0 = all
};

/// Gives a package, in its place, the description of the tissue that it learnt from, as training does
/// (measure_domain.h); replaces the one it has. `slides`: see readSlideList(). Nothing else of it changes,
/// but its hash. Errors: fewer than 3 patients, features of no use, what featuresOf() refuses, a folder that
/// cannot be written, cancelled.
Result<ModelPackage> storeDomain(const ModelPackage& package, const Cohort& slides,
                                 const DomainOptions& options, std::stop_token stop,
                                 const OnProgress& progress);

}  // namespace geneglass
