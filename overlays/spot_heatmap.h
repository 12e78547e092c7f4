// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "overlays/prediction_heatmap.h"

namespace geneglass {

/// The chosen gene at the scene's measured spots. Errors: no spots are open, no gene is chosen, they do not
/// count it.
Result<const MeasuredGene*> measuredGene(const OverlayScene& scene);

/// "r 0.60 [0.43, 0.73]"; without an interval where the gene has none.
QString agreementText(const MeasuredGene& gene);

/// Discs of the spots' diameter at their places, each of one value, as a fine grid that has nothing between
/// them; its percentiles are those of the spots. Needs spots. Errors: spots of another slide, values that are
/// not one a spot.
Result<std::shared_ptr<const Heatmap>> spotHeatmap(const OverlayScene& scene, const QString& name,
                                                   const QString& unit, std::span<const float> values);

/// Such a map, each disc with a rim that tells it from a map beneath.
class SpotOverlay final : public MapOverlay {
 public:
  SpotOverlay(std::shared_ptr<const Heatmap> map, HeatmapStyle style,
              std::shared_ptr<const MeasuredSpots> spots)
      : MapOverlay(std::move(map), style), m_spots(std::move(spots)) {}

  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  std::shared_ptr<const MeasuredSpots> m_spots;
};

}  // namespace geneglass
