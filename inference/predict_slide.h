// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stop_token>

#include "inference/feature_bag.h"
#include "inference/model_package.h"
#include "inference/prediction.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/progress.h"

namespace geneglass {

struct PumpOptions {
  int threads = 0;  ///< processor threads for reading and encoding together; 0 = all
  int batch = 16;   ///< tiles encoded at a time; also how long a cancel may take
};

/// Slide -> tissue -> grid -> features: reading runs ahead of encoding on threads of its own.
/// Tiles that cannot be read are left out and counted in `damaged`.
struct ExtractedBag {
  FeatureBag bag;
  int damagedTiles = 0;
  PredictionSeconds seconds;
};
Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const ModelPackage& package,
                                     const PumpOptions& options, std::stop_token stop,
                                     const OnProgress& progress);

/// Extracts features, then aggregates. Errors: unknown mpp, no tissue, cancelled ("... was cancelled."),
/// model trouble.
Result<Prediction> predictSlide(const OpenedSlide& opened, const ModelPackage& package,
                                const PumpOptions& options, std::stop_token stop, const OnProgress& progress);

/// Applies the package's heads to features already extracted.
Result<Prediction> predictBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package);

}  // namespace geneglass
