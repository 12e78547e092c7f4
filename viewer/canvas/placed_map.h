// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "viewer/canvas/heatmap.h"
#include "viewer/canvas/tiles/placed_tile.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// The part of the screen that a map is drawn in: all of it, or what lies in a circle (screen pixels), or
/// outside it. A very large circle is a straight edge.
struct MapCut {
  enum class Side { All, Inside, Outside };
  Side side = Side::All;
  Point centre;
  double radius = 0;
  bool operator==(const MapCut&) const = default;
};

/// A map as a frame shows it.
struct ShownMap {
  std::shared_ptr<const Heatmap> heatmap;  ///< not null
  HeatmapStyle style;
  MapCut cut;
  bool operator==(const ShownMap&) const = default;
};

/// Where the seen part of a map lies.
struct PlacedMap {
  Sides screen;        ///< screen pixels from the viewport's centre, before the turn
  Sides cells;         ///< the same part in cells, counted from the base: floats are exact on any grid
  int baseColumn = 0;  ///< the first cell that is seen
  int baseRow = 0;
  double cellPixels = 1;  ///< screen pixels a cell
};

/// Pure. Cut off at the slide's edge. Nothing where nothing of it is seen.
std::optional<PlacedMap> placeMap(const Heatmap& map, const Viewport& viewport);

}  // namespace geneglass
