// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <QPainterPath>
#include <cmath>

#include "overlays/mask_outline.h"
#include "overlays/overlay_plugin.h"
#include "overlays/reason.h"

namespace geneglass {

/// Pen marks, hatched: what predictions leave out.
class SlideQualityOverlay final : public Overlay {
 public:
  explicit SlideQualityOverlay(std::shared_ptr<const TissueMask> mask) : m_mask(std::move(mask)) {
    TissueMask pen;
    pen.columns = m_mask->columns;
    pen.rows = m_mask->rows;
    pen.step = m_mask->step;
    pen.cells = m_mask->pen;
    m_rings = outlineOf(pen);
  }

  void paint(QPainter& painter, const Viewport& viewport) const override {
    QPainterPath marks;  // rings within rings are holes
    for (const OutlineRing& ring : m_rings) {
      QPolygonF polygon;
      for (const Point& corner : ring.points) {
        const Point screen = viewport.toScreen(corner);
        polygon << QPointF(screen.x, screen.y);
      }
      marks.addPolygon(polygon);
      marks.closeSubpath();
    }
    const QColor colour(0xD5, 0x5E, 0x00);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 2));
    painter.setBrush(QBrush(colour, Qt::BDiagPattern));
    painter.drawPath(marks);
  }

  QString textAt(Point slide) const override {
    const double column = std::floor(slide.x / m_mask->step), row = std::floor(slide.y / m_mask->step);
    if (!(column >= 0 && row >= 0 && column < m_mask->columns && row < m_mask->rows)) return {};
    const bool marked = m_mask->pen[size_t(row) * size_t(m_mask->columns) + size_t(column)] != 0;
    return marked ? QObject::tr("pen mark, left out of predictions") : QString();
  }

 private:
  std::shared_ptr<const TissueMask> m_mask;
  std::vector<OutlineRing> m_rings;
};

/// Loaded by overlays/overlay_registry.h.
class SlideQualityPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "slide_quality.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (!scene.tissue) return refuse(tr("The tissue on this slide has not been found yet."));
    const TissueMask& mask = *scene.tissue;
    if (mask.pen.empty())
      return refuse(tr("No pen marks were found on this slide. Folds and blur are not looked for."));
    if (mask.step <= 0 || mask.pen.size() != size_t(mask.columns) * size_t(mask.rows))
      return refuse(tr("The pen marks of '%1' are damaged.")
                        .arg(QString::fromStdString(scene.slide->file.filename().string())));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    return std::make_unique<SlideQualityOverlay>(scene.tissue);
  }
};

}  // namespace geneglass

#include "slide_quality.moc"
