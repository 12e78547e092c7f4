// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "inference/features/slide_features.h"
#include "inference/learning/cohort/cohort.h"

namespace geneglass {

/// How trainings and evaluations come by features: in float32, kept in `folder`, without a limit, or, where
/// it is empty, where predictions keep theirs. Error: a named folder that features cannot be kept in.
Result<ExtractOptions> learningFeatures(const std::filesystem::path& folder, int threads);

/// Features of each case, all of its slides together, in the cohort's order. Errors: those of featuresOf().
Result<std::vector<Matrix>> bagsOf(const Cohort& cohort, const LoadedEncoder& encoder,
                                   const ExtractOptions& options, std::stop_token stop,
                                   const OnProgress& progress);

}  // namespace geneglass
