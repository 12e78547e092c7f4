// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/channel.h"
#include "viewer/slide/image.h"
#include "viewer/slide/preparation.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// Reads the tiles of one opened file. Drivers are one file each and are listed in open_slide.cpp.
/// Every function may be called from any thread, several at a time.
class TileSource {
 public:
  virtual ~TileSource() = default;

  /// Pixels of one tile. An error names the file; one bad tile says nothing about the others. A tile that is
  /// yet to be prepared is waited for.
  virtual Result<TilePtr> read(TileKey key) const = 0;

  /// The same for the eye, which looks again: waits for no preparation. A tile may be `unfinished`, or null
  /// where there is nothing of it yet.
  virtual Result<TilePtr> look(TileKey key) const { return read(key); }

  /// What must be done once before all tiles can be read at once, while it goes on; null where nothing is.
  virtual std::shared_ptr<Preparation> preparation() const { return nullptr; }

  /// An associated image by its name in Slide::associatedImages.
  virtual Result<Image> readAssociatedImage(const std::string& name) const = 0;

  /// A source of the same slide that shows its channels so; the two share what they decoded. `channels` are
  /// Slide::channels with other colours, ranges and switches. Null where the slide has none.
  virtual std::shared_ptr<const TileSource> showing(const std::vector<Channel>& /*channels*/) const {
    return nullptr;
  }
};

}  // namespace geneglass
