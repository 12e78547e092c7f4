// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "inference/prediction/shown_gene.h"
#include "overlays/overlay_plugin.h"

namespace geneglass {

/// One value a tile, put on the prediction's tile grid: NaN where there is no tile. Overlapping tiles meet
/// half-way, or are averaged where the grid has a cover; tiles that are still waiting show the nearest
/// computed one's value. Needs a prediction. Errors: one that was not made for this slide, values that do not
/// fit the grid.
Result<std::shared_ptr<const Heatmap>> gridHeatmap(const OverlayScene& scene, const QString& name,
                                                   const QString& unit, std::span<const float> values);

/// The map with its scale, finer where the scene was sharpened: there each place has the value of the tile
/// about it. `which`: of the same gene. A copy of the pointer where nothing is finer.
Result<std::shared_ptr<const Heatmap>> sharpen(const std::shared_ptr<const Heatmap>& whole,
                                               const OverlayScene& scene, std::vector<float> GeneMap::*which);

/// One of the chosen gene's maps, by gridHeatmap. `name` is followed by the gene's held-out r. Errors: those
/// of shownMap and gridHeatmap.
Result<std::shared_ptr<const Heatmap>> predictionHeatmap(const OverlayScene& scene, const QString& name,
                                                         const QString& unit,
                                                         std::vector<float> GeneMap::*which);

/// An overlay that is one heatmap and its values.
class MapOverlay : public Overlay {
 public:
  MapOverlay(std::shared_ptr<const Heatmap> map, HeatmapStyle style)
      : m_map(std::move(map)), m_style(style) {}

  std::shared_ptr<const Heatmap> heatmap() const final { return m_map; }
  HeatmapStyle defaultStyle() const final { return m_style; }
  QString textAt(Point slide) const override;  ///< name, value and unit

 private:
  std::shared_ptr<const Heatmap> m_map;
  HeatmapStyle m_style;
};

}  // namespace geneglass
