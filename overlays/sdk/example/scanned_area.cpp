// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>

#include "overlays/overlay_plugin.h"
#include "overlays/reason.h"
#include "viewer/canvas/plate.h"

namespace geneglass {

/// The border of what the scanner looked at.
class ScannedAreaOverlay final : public Overlay {
 public:
  explicit ScannedAreaOverlay(Rect area) : m_area(area) {}

  void paint(QPainter& painter, const Viewport& viewport) const override {
    QPolygonF border;
    for (const Point corner : {Point{m_area.x, m_area.y}, Point{m_area.right(), m_area.y},
                               Point{m_area.right(), m_area.bottom()}, Point{m_area.x, m_area.bottom()}}) {
      const Point place = viewport.toScreen(corner);
      border << QPointF(place.x, place.y);
    }
    painter.setPen(QPen(QColor(0xd5, 0x5e, 0x00), 2 * plateUnit(painter), Qt::DashLine));
    painter.drawPolygon(border);
  }
  QString textAt(Point slide) const override {
    return m_area.contains(slide) ? QObject::tr("scanned") : QObject::tr("not scanned");
  }

 private:
  const Rect m_area;
};

class ScannedAreaPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "scanned_area.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (scene.slide->bounds.width > 0) return {};
    return refuse(tr("The slide does not say what was scanned."));
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    return std::make_unique<ScannedAreaOverlay>(scene.slide->bounds);
  }
};

}  // namespace geneglass

#include "scanned_area.moc"
