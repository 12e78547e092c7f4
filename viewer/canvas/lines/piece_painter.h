// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "viewer/canvas/lines/annotation_lines.h"
#include "viewer/canvas/painting/turned_screen.h"
#include "viewer/canvas/viewport.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// A piece of a line on the screen, in screen pixels. It covers a pixel fully within its width, and no more a
/// pixel further.
struct ScreenPiece {
  float x;  ///< where it begins
  float y;
  float wayX;  ///< to where it ends
  float wayY;
  float reach;      ///< where it covers nothing any more
  uint32_t colour;  ///< opaque 0xAARRGGBB
  bool operator==(const ScreenPiece&) const = default;

  PixelSpan rows(int height) const;  ///< that it may touch, of a screen of so many
};

/// Appends those of `pieces`, relative to `origin` (level-0 pixels), that may be seen. Lines are `lineScale`
/// times as wide as they are elsewhere.
void appendSeen(std::span<const LinePiece> pieces, Point origin, const Viewport& view, double lineScale,
                std::vector<ScreenPiece>& seen);

/// Paints rows of a piece over what is there, colours multiplied by alpha, as the shader of AnnotationDrawer
/// does, within 1 of 255. Pure.
void paintPiece(Image& frame, const ScreenPiece& piece, PixelSpan rows);

}  // namespace geneglass
