// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <algorithm>
#include <cmath>
#include <vector>

#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

/// Mahalanobis distance of each tile from the tissue the model learnt from, over that within which 99 % of
/// held-out training tiles lie: red beyond it, blue within. Loaded by overlays/overlay_registry.h.
class UnlikeTrainingPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "unlike_training.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (const Result<void> may = mayShowPrediction(scene); !may) return may;
    if (!scene.prediction->domain)
      return refuse(tr("This model does not know what its training tissue looked like."));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const SlideDomain& domain = *scene.prediction->domain;
    std::vector<float> distance(domain.distance.size());
    std::ranges::transform(domain.distance, distance.begin(), [](float square) { return std::sqrt(square); });
    const QString name = tr("Distance from the training tissue, %1 % of tiles outside")
                             .arg(numberText(100 * domain.shareOutside, 0));
    auto map = gridHeatmap(scene, name, tr("× limit"), distance);
    if (!map) return tl::unexpected(map.error());
    return std::make_unique<MapOverlay>(*map, HeatmapStyle{.colours = ColourMap::Coolwarm,
                                                           .range = HeatmapStyle::Range::Absolute,
                                                           .low = 0.5,
                                                           .high = 1.5,
                                                           .threshold = 0});
  }
};

}  // namespace geneglass

#include "unlike_training.moc"
