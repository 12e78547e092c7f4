// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>

#include "overlays/mask_outline.h"
#include "overlays/overlay_plugin.h"
#include "overlays/reason.h"
#include "viewer/canvas/plate.h"

namespace geneglass {

/// The border of what counts as tissue.
class TissueOverlay final : public Overlay {
 public:
  TissueOverlay(std::shared_ptr<const TissueMask> mask, Size slide)
      : m_mask(std::move(mask)), m_slide(slide), m_rings(outlineOf(*m_mask)) {}

  void paint(QPainter& painter, const Viewport& viewport) const override {
    const Rect seen = viewport.visible();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0x00, 0x72, 0xB2), 1.5 * plateUnit(painter)));
    for (const OutlineRing& ring : m_rings)
      if (meet(ring.box, seen)) paintSeen(painter, ring, viewport);
  }

  QString textAt(Point slide) const override {
    if (!Rect{0, 0, double(m_slide.width), double(m_slide.height)}.contains(slide)) return {};
    const auto column = int(slide.x / m_mask->step), row = int(slide.y / m_mask->step);
    const bool tissue = column < m_mask->columns && row < m_mask->rows &&
                        m_mask->cells[size_t(row) * size_t(m_mask->columns) + size_t(column)] != 0;
    return tissue ? QObject::tr("tissue") : QObject::tr("no tissue");
  }

 private:
  static bool meet(const Rect& left, const Rect& right) {
    return left.x < right.right() && right.x < left.right() && left.y < right.bottom() &&
           right.y < left.bottom();
  }

  /// Only the pieces on the screen; steps of the outline that are smaller than a screen pixel are left out.
  static void paintSeen(QPainter& painter, const OutlineRing& ring, const Viewport& viewport) {
    const QRectF screen(-2, -2, viewport.width + 4, viewport.height + 4);
    QPolygonF piece;
    const auto paintPiece = [&] {
      if (piece.size() > 1) painter.drawPolyline(piece);
      piece.clear();
    };
    const Point last = viewport.toScreen(ring.points.back());
    QPointF here(last.x, last.y);
    for (const Point& corner : ring.points) {
      const Point turned = viewport.toScreen(corner);
      const QPointF next(turned.x, turned.y);
      if ((next - here).manhattanLength() < 1 && &corner != &ring.points.back()) continue;
      if (QRectF(here, next).normalized().adjusted(-1, -1, 1, 1).intersects(screen)) {
        if (piece.isEmpty()) piece << here;
        piece << next;
      } else {
        paintPiece();
      }
      here = next;
    }
    paintPiece();
  }

  std::shared_ptr<const TissueMask> m_mask;
  Size m_slide;
  std::vector<OutlineRing> m_rings;
};

/// Loaded by overlays/overlay_registry.h.
class TissuePlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "tissue.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (!scene.tissue) return refuse(tr("The tissue on this slide has not been found yet."));
    const TissueMask& mask = *scene.tissue;
    if (mask.step <= 0 || mask.cells.size() != size_t(mask.columns) * size_t(mask.rows))
      return refuse(tr("The tissue mask of '%1' is damaged.")
                        .arg(QString::fromStdString(scene.slide->file.filename().string())));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    return std::make_unique<TissueOverlay>(scene.tissue, scene.slide->size());
  }
};

}  // namespace geneglass

#include "tissue.moc"
