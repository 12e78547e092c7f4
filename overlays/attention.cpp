// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>

#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"

namespace geneglass {

/// Loaded by overlays/overlay_registry.h.
class AttentionPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "attention.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    return mayShowGene(scene.prediction.get(), scene.gene);
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const auto gene = shownGene(scene.prediction.get(), scene.gene);
    if (!gene) return tl::unexpected(gene.error());
    auto map = predictionHeatmap(scene, tr("Attention of %1").arg(QString::fromStdString((*gene)->symbol)),
                                 tr("× uniform"), &GeneMap::attention, &m_leftOut.of(scene));
    if (!map) return tl::unexpected(map.error());
    return std::make_unique<MapOverlay>(*map, HeatmapStyle{.colours = ColourMap::Inferno});
  }

 private:
  mutable LeftOutTissue m_leftOut;
};

}  // namespace geneglass

#include "attention.moc"
