// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "inference/encoder/encoder.h"
#include "inference/features/growing_bag.h"
#include "inference/package/tile_view.h"
#include "inference/tissue/tile_order.h"
#include "viewer/slide/eye_first.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// What a pump has to do with.
struct PumpSettings {
  int threads = 0;                             ///< that read and encode, all together; 0 = all processors
  double tissueBrightness = 0;                 ///< see isEmptyTile
  bool judgeFocus = false;                     ///< tiles out of focus are not encoded (focus.h)
  TileView view = {};                          ///< tiles of which sizes a row of the bag tells of
  std::shared_ptr<EyeFirst> eyeFirst;          ///< a viewer whose tiles come first
  std::shared_ptr<const WatchedArea> watched;  ///< where somebody looks
};

/// Seconds of all threads together.
struct PumpSeconds {
  double read = 0;
  double encode = 0;
};

/// Fills `bag` with the features of the tiles it waits for. Each thread reads a tile while few are ready,
/// else encodes one: reading hides behind encoding and none waits for another. What a tile comes to does not
/// depend on the threads or the order. `onTile` is called after each tile, by any of the threads, several at
/// a time. Blocks. Errors: those of the encoder. When stopped it returns without an error, after a tile's
/// time at most.
Result<PumpSeconds> pump(const OpenedSlide& opened, Encoder& encoder, GrowingBag& bag,
                         const PumpSettings& settings, std::stop_token stop,
                         const std::function<void()>& onTile);

}  // namespace geneglass
