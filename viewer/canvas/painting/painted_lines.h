// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "viewer/canvas/lines/piece_painter.h"
#include "viewer/canvas/painting/tile_painter.h"

namespace geneglass {

/// Annotations' lines as a frame shows them, in drawing order: pictures that were made of them, then pieces.
struct PaintedLines {
  /// Lies on the slide, and is turned and magnified with it.
  struct OnSlide {
    std::shared_ptr<const Image> picture;
    PlacedTile place;  ///< texels are of `picture`
    bool operator==(const OnSlide&) const = default;
  };
  /// Lies on the screen, pixel by pixel.
  struct OnScreen {
    std::shared_ptr<const Image> picture;
    int x = 0;  ///< of its upper left corner
    int y = 0;
    bool operator==(const OnScreen&) const = default;
  };

  std::vector<OnSlide> onSlide;
  std::vector<OnScreen> onScreen;
  std::vector<ScreenPiece> pieces;
  bool operator==(const PaintedLines&) const = default;
};

}  // namespace geneglass
