// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/canvas/painting/map_pixels.h"
#include "viewer/canvas/painting/turned_screen.h"
#include "viewer/canvas/placed_map.h"

namespace geneglass {

/// One map of a frame. Nothing of it is kept from frame to frame: values are coloured as they are painted, by
/// cells where these are larger than pixels.
struct PaintedMap {
  PaintedMap(const ShownMap& shownMap, const PlacedMap& placedMap)
      : shown(&shownMap),
        place(placedMap),
        cut(shownMap.cut),
        shades(shadesOf(*shownMap.heatmap, shownMap.style)) {}

  const ShownMap* shown;
  PlacedMap place;
  MapCut cut;
  ValueShades shades;
};

/// Paints rows of a map, upper ones first, over what is there, as the shader of HeatmapDrawer does, within
/// two of 255. The frame has the viewport's size. Pure.
void paintMap(Image& frame, const Viewport& viewport, const PaintedMap& map, PixelSpan rows);

}  // namespace geneglass
