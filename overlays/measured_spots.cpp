// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>

#include "overlays/spot_heatmap.h"

namespace geneglass {

/// What was measured of the chosen gene at spots of the slide, in the colours of its map. Loaded by
/// overlays/overlay_registry.h.
class MeasuredSpotsPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "measured_spots.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    return measuredGene(scene).map([](const MeasuredGene*) {});
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const auto gene = measuredGene(scene);
    if (!gene) return tl::unexpected(gene.error());
    const QString name =
        tr("%1 measured, %2").arg(QString::fromStdString((*gene)->symbol), agreementText(**gene));
    const auto map = spotHeatmap(scene, name, tr("log(1 + normalised count)"), (*gene)->measured);
    if (!map) return tl::unexpected(map.error());
    // A few spots without any count would else pale all others.
    const HeatmapStyle style{.colours = ColourMap::Viridis, .low = 5, .high = 95, .opacity = 1};
    return std::make_unique<SpotOverlay>(*map, style, scene.spots);
  }
};

}  // namespace geneglass

#include "measured_spots.moc"
