// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stop_token>

#include "inference/feature_bag.h"
#include "inference/model_package.h"
#include "inference/prediction.h"
#include "viewer/slide/eye_first.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/progress.h"

namespace geneglass {

struct PumpOptions {
  int threads = 0;                          ///< processor threads for reading and encoding together; 0 = all
  int batch = 16;                           ///< tiles encoded at a time; also how long a cancel may take
  std::shared_ptr<EyeFirst> eyeFirst = {};  ///< a viewer whose tiles come first; none where nobody looks
};

/// A slide's features and what it took. Tiles that cannot be read are left out and counted.
struct ExtractedBag {
  FeatureBag bag;
  int damagedTiles = 0;
  PredictionSeconds seconds;  ///< `read` is the time that encoding had to wait for tiles
};

/// Slide -> tissue -> grid -> features: reading runs ahead of encoding on threads of its own. Blocks until
/// done; tiles keep the grid's order whatever the threads. Errors: unknown or too coarse mpp, no tissue,
/// nothing readable, cancelled ("... was cancelled."), model trouble.
Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const ModelPackage& package,
                                     const PumpOptions& options, std::stop_token stop,
                                     const OnProgress& progress);

/// Extracts features, then aggregates. Errors: unknown mpp, no tissue, cancelled ("... was cancelled."),
/// model trouble.
Result<Prediction> predictSlide(const OpenedSlide& opened, const ModelPackage& package,
                                const PumpOptions& options, std::stop_token stop, const OnProgress& progress);

/// Applies the package's heads to features already extracted. Errors: a bag of another slide or encoder,
/// model trouble.
Result<Prediction> predictBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package);

}  // namespace geneglass
