// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "viewer/canvas/painting/pixel_colouring.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// A tile as a frame wants it: halved so often, so that no pixel of the screen covers more than two of its
/// own.
struct WantedTile {
  TilePtr tile;
  int halvings = 0;
};

/// A tile as it is shown.
struct ShownTile {
  TilePtr tile;  ///< what it was made of
  int halvings = 0;
  std::optional<Image> own;  ///< where that differs from the tile's picture
  bool isOpaque = false;
  const Image& image() const { return own ? *own : tile->image; }
};

/// Tiles coloured and halved once, on all processors, and kept while frames show them. One thread at a time.
class ShownTiles final {
 public:
  /// In the order of `wanted`, null where there is no tile; valid until the next call. What is not wanted is
  /// forgotten.
  std::vector<const ShownTile*> show(std::span<const WantedTile> wanted, const DisplayColour& colour,
                                     int threads);

 private:
  std::unordered_map<TileKey, std::unique_ptr<ShownTile>> m_tiles;
  std::optional<DisplayColour> m_colour;
  std::optional<PixelColouring> m_colouring;  ///< none where colours stay as they are
};

}  // namespace geneglass
