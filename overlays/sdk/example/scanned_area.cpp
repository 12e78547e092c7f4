// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>

#include "overlays/overlay_plugin.h"
#include "overlays/reason.h"
#include "viewer/canvas/plate.h"

namespace geneglass {

/// The border of what the scanner looked at.
class ScannedAreaOverlay final : public Overlay {
 public:
  ScannedAreaOverlay(Rect area, double width, bool dashed)
      : m_area(area), m_width(width), m_style(dashed ? Qt::DashLine : Qt::SolidLine) {}

  void paint(QPainter& painter, const Viewport& viewport) const override {
    QPolygonF border;
    for (const Point corner : {Point{m_area.x, m_area.y}, Point{m_area.right(), m_area.y},
                               Point{m_area.right(), m_area.bottom()}, Point{m_area.x, m_area.bottom()}}) {
      const Point place = viewport.toScreen(corner);
      border << QPointF(place.x, place.y);
    }
    painter.setPen(QPen(kColour, m_width * plateUnit(painter), m_style));
    painter.drawPolygon(border);
  }
  OverlayKey key() const override {
    return {QObject::tr("Scanner"), {{kColour, QObject::tr("scanned area")}}};
  }
  QString textAt(Point slide) const override {
    return m_area.contains(slide) ? QObject::tr("scanned") : QObject::tr("not scanned");
  }

 private:
  static constexpr QColor kColour{0xd5, 0x5e, 0x00};
  const Rect m_area;
  const double m_width;
  const Qt::PenStyle m_style;
};

class ScannedAreaPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "scanned_area.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  std::vector<OverlayControl> controls() const override {
    return {{.key = "line_width", .name = tr("Line width"), .value = 2, .low = 1, .high = 20},
            {.key = "dashed", .name = tr("Dashed"), .kind = OverlayControl::Kind::Tick, .value = 1}};
  }
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (scene.slide->bounds.width > 0) return {};
    return refuse(tr("The slide does not say what was scanned."));
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    return std::make_unique<ScannedAreaOverlay>(scene.slide->bounds, scene.settings[0],
                                                scene.settings[1] > 0);
  }
};

}  // namespace geneglass

#include "scanned_area.moc"
