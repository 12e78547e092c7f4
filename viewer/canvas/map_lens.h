// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QString>
#include <vector>

#include "viewer/canvas/overlay.h"
#include "viewer/canvas/placed_map.h"

namespace geneglass {

/// A part of the screen in which other overlays lie over the slide than elsewhere: none, so that the tissue
/// is seen, or another gene's. A circle, or all that is right of a line.
struct MapLens {
  enum class Shape { Circle, RightOfLine };

  Shape shape = Shape::Circle;
  Point centre;                      ///< screen pixels; of a line only x
  double radius = 0;                 ///< screen pixels, of a circle
  QString caption;                   ///< what is seen in it: "Tissue", "FSCN1 expression"
  std::vector<OverlayLayer> layers;  ///< in it, in drawing order

  MapCut cut(MapCut::Side side) const;
};

/// The part of a screen of so many pixels that is in the lens, or that is not.
QPainterPath lensPath(const MapLens& lens, QSizeF screen, bool inside);

/// What overlays paint, with the edge and caption of a lens. What belongs to maps is cut off at it; other
/// lines and texts, such as what the model says of itself, are whole.
void paintLayers(QPainter& painter, const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                 const std::optional<MapLens>& lens);

}  // namespace geneglass
