// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/tile_grid.h"
#include "viewer/canvas/overlay.h"

namespace geneglass {

/// Outlines of tiles that were marked in a chart, over everything else.
class MarkedTiles final : public Overlay {
 public:
  /// `cells` of the map's grid.
  MarkedTiles(const TileGrid& grid, const std::vector<TileGrid::Cell>& cells);
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  struct Ring {
    std::vector<Point> points;  ///< level-0 pixels
    Rect box;
  };
  std::vector<Ring> m_rings;
};

}  // namespace geneglass
