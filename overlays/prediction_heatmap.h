// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "inference/prediction/shown_gene.h"
#include "overlays/overlay_plugin.h"

namespace geneglass {

/// Where a model's maps leave tissue out. Kept for one prediction and mask, as every gene asks for the same.
/// One thread at a time.
class LeftOutTissue final {
 public:
  struct Cells {
    std::vector<TileGrid::Cell> cells;  ///< at least a quarter tissue, and no tile
    int columns = 0;                    ///< of a map that reaches to the slide's edges
    int rows = 0;
  };
  const Cells& of(const OverlayScene& scene);  ///< which has a prediction; none where it has no tissue

 private:
  static Cells find(const Prediction& prediction, const TissueMask& tissue);

  std::weak_ptr<const Prediction> m_prediction;
  std::weak_ptr<const TissueMask> m_tissue;
  Cells m_left;
};

/// One value a tile, put on the prediction's tile grid: NaN where there is no tile. Overlapping tiles meet
/// half-way, or are averaged where the grid has a cover; tiles that are still waiting, and tissue that is
/// left out, are marked. Needs a prediction. Errors: one that was not made for this slide, values that do not
/// fit the grid.
Result<std::shared_ptr<const Heatmap>> gridHeatmap(const OverlayScene& scene, const QString& name,
                                                   const QString& unit, std::span<const float> values,
                                                   const LeftOutTissue::Cells* leftOut = nullptr);

/// The map with its scale, finer where the scene was sharpened: there each place has the value of the tile
/// about it. `which`: of the same gene. A copy of the pointer where nothing is finer.
Result<std::shared_ptr<const Heatmap>> sharpen(const std::shared_ptr<const Heatmap>& whole,
                                               const OverlayScene& scene, std::vector<float> GeneMap::*which);

/// One of the chosen gene's maps, by gridHeatmap. `name` is followed by the gene's held-out r. Errors: those
/// of shownMap and gridHeatmap.
Result<std::shared_ptr<const Heatmap>> predictionHeatmap(const OverlayScene& scene, const QString& name,
                                                         const QString& unit,
                                                         std::vector<float> GeneMap::*which,
                                                         const LeftOutTissue::Cells* leftOut = nullptr);

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
