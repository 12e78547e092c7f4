// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QObject>

#include "overlays/overlay_plugin.h"
#include "overlays/reason.h"
#include "viewer/canvas/scale_bar.h"

namespace geneglass {

/// A bar of a round length in the lower left corner.
class ScaleBarOverlay final : public Overlay {
 public:
  explicit ScaleBarOverlay(double mpp) : m_mpp(mpp) {}
  void paint(QPainter& painter, const Viewport& viewport) const override {
    paintScaleBar(painter, viewport, m_mpp);
  }

 private:
  double m_mpp;
};

/// Loaded by overlays/overlay_registry.h.
class ScaleBarPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "scale_bar.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (!scene.slide->mpp)
      return refuse(
          tr("The pixel size of '%1' is unknown: enter it in micrometres per pixel for a scale bar.")
              .arg(QString::fromStdString(scene.slide->file.filename().string())));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    return std::make_unique<ScaleBarOverlay>(scene.slide->mpp->mean());
  }
};

}  // namespace geneglass

#include "scale_bar.moc"
