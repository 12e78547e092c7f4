// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <stop_token>

#include "inference/package/model_package.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// What computes an encoder's features: oneDNN or LibTorch.
class TileNetwork {
 public:
  virtual ~TileNetwork() = default;

  /// Tiles that one call of compute() should get.
  virtual size_t together() const = 0;
  /// Calls of compute() at a time that are of use.
  virtual size_t threads(size_t wanted) const { return wanted; }
  /// Makes ready for compute() with `thread` < threads. Throws std::bad_alloc.
  virtual void prepare(size_t threads) = 0;
  /// n tiles of the right size -> n x width. Under OneOpenMpThread, one call at a time for each `thread`.
  /// `stop` is asked within a tile where a tile takes long. Throws std::bad_alloc where memory does not
  /// suffice, otherwise std::runtime_error with the reason: stopped.
  virtual void compute(size_t thread, std::span<const Image> tiles, std::span<float> features,
                       const std::stop_token& stop) = 0;
  /// Asked after out of memory with a single tile: false where there is no other device to go to.
  virtual bool moveToProcessor() { return false; }
};

}  // namespace geneglass
