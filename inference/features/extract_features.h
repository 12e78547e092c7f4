// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "inference/encoder/loaded_encoder.h"
#include "inference/features/feature_store.h"
#include "inference/features/growing_bag.h"
#include "inference/package/model_package.h"
#include "inference/package/precision.h"
#include "inference/prediction/prediction.h"
#include "inference/tissue/shared_tissue.h"
#include "inference/tissue/tile_order.h"
#include "viewer/foundation/progress.h"
#include "viewer/slide/eye_first.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

struct ExtractOptions {
  int threads = 0;                          ///< processor threads for reading and encoding together; 0 = all
  std::optional<Precision> precision = {};  ///< none: the package's default
  std::optional<double> stride = {};        ///< micrometres, see layTiles(); none: tiles side by side
  std::optional<Rect> area = {};  ///< level-0 pixels: only tiles whose middle lies in it; not stored
  std::shared_ptr<const FeatureStore> store = {};   ///< where features are kept; none: nowhere
  std::shared_ptr<const SharedTissue> tissue = {};  ///< of this slide, found for others too; none: found anew
  std::shared_ptr<EyeFirst> eyeFirst = {};          ///< a viewer whose tiles come first
  std::shared_ptr<const WatchedArea> watched = {};  ///< where somebody looks: those tiles come first
};

/// A slide's features and what it took. Tiles that cannot be read are left out and counted in the bag.
struct ExtractedBag {
  FeatureBag bag;
  size_t tilesFromStore = 0;  ///< that an earlier run had computed
  Precision precision = Precision::Float32;
  PredictionSeconds seconds;  ///< `read` and `encode` are shares of the time from begin to end
};

/// Called after each tile, by any thread, several at a time.
using OnTile = std::function<void(const GrowingBag&)>;

/// Slide -> tissue -> grid -> features, in the grid's order. What the store holds is not computed again, but
/// for rows whose check sum does not fit; what was computed when it is stopped, or killed, is not lost. A
/// slide of which anything could not be read is never kept as complete: its damaged tiles are tried again the
/// next time. Blocks until done. Errors: unknown or too coarse mpp, no tissue, nothing readable, a file that
/// is not the one any more that was opened, a read that was refused for another reason than what the file
/// holds (memory, the disk, a share: what is computed is of all the slide or it is not given), cancelled
/// ("... was cancelled."), model trouble.
Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const LoadedEncoder& encoder,
                                     const ExtractOptions& options, std::stop_token stop,
                                     const OnProgress& progress, const OnTile& onTile = {});

/// Of a single slide: loads the encoder for it alone.
Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const ModelPackage& package,
                                     const ExtractOptions& options, std::stop_token stop,
                                     const OnProgress& progress, const OnTile& onTile = {});

}  // namespace geneglass
