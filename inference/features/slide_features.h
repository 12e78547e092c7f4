// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>

#include "inference/features/extract_features.h"

namespace geneglass {

/// A slide's bag: what the store has of it is not computed again. What ends in .h5 or .pt is a bag itself,
/// from wherever, and taken as it is. Errors: those of openSlide(), extractFeatures() and readBag(); a bag of
/// another encoder or width.
Result<FeatureBag> featuresOf(const std::filesystem::path& slide, const LoadedEncoder& encoder,
                              const ExtractOptions& options, std::stop_token stop);

}  // namespace geneglass
