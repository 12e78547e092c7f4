// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/channel.h"
#include "viewer/slide/image.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// Reads the tiles of one opened file. Drivers are one file each and are listed in open_slide.cpp.
/// Every function may be called from any thread, several at a time.
class TileSource {
 public:
  virtual ~TileSource() = default;

  /// Pixels of one tile. An error names the file; one bad tile says nothing about the others.
  virtual Result<TilePtr> read(TileKey key) const = 0;

  /// An associated image by its name in Slide::associatedImages.
  virtual Result<Image> readAssociatedImage(const std::string& name) const = 0;

  /// A source of the same slide that shows its channels so; the two share what they decoded. `channels` are
  /// Slide::channels with other colours, ranges and switches. Null where the slide has none.
  virtual std::shared_ptr<const TileSource> showing(const std::vector<Channel>& /*channels*/) const {
    return nullptr;
  }
};

}  // namespace geneglass
