// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <cmath>

#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"

namespace geneglass {

/// The middle colour is zero: neither raises nor lowers the slide's value.
static HeatmapStyle aboutZero(const Heatmap& map) {
  HeatmapStyle style{.colours = ColourMap::Coolwarm, .range = HeatmapStyle::Range::Absolute};
  style.high = std::max(std::abs(map.atPercentile(2)), std::abs(map.atPercentile(98)));
  if (style.high == 0) style.high = 1;
  style.low = -style.high;
  style.threshold = map.sorted.empty() ? style.low : double(map.sorted.front());
  return style;
}

/// Loaded by overlays/overlay_registry.h.
class ContributionPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "contribution.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    return mayShowGene(scene.prediction.get(), scene.gene);
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const auto gene = shownGene(scene.prediction.get(), scene.gene);
    if (!gene) return tl::unexpected(gene.error());
    auto map = predictionHeatmap(scene, tr("Contribution to %1").arg(QString::fromStdString((*gene)->symbol)),
                                 QString::fromStdString(scene.prediction->labelUnit), &GeneMap::contribution,
                                 &m_leftOut.of(scene));
    if (!map) return tl::unexpected(map.error());
    return std::make_unique<MapOverlay>(*map, aboutZero(**map));
  }

 private:
  mutable LeftOutTissue m_leftOut;
};

}  // namespace geneglass

#include "contribution.moc"
