// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <QPainterPath>
#include <cmath>
#include <utility>

#include "overlays/mask_outline.h"
#include "overlays/overlay_plugin.h"
#include "overlays/reason.h"

namespace geneglass {
namespace {

/// The blurred tiles as a mask, a cell a tile; tiles that overlap are marked where they begin.
TissueMask maskOf(const TileGrid& grid, const std::vector<TileGrid::Cell>& blurred) {
  TissueMask mask;
  mask.columns = grid.columns;
  mask.rows = grid.rows;
  mask.step = grid.stride;
  mask.cells.resize(size_t(grid.columns) * size_t(grid.rows));
  for (const TileGrid::Cell& cell : blurred)
    mask.cells[size_t(cell.row) * size_t(grid.columns) + size_t(cell.column)] = 255;
  return mask;
}

TissueMask penOf(const TissueMask& tissue) {
  TissueMask mask;
  mask.columns = tissue.columns;
  mask.rows = tissue.rows;
  mask.step = tissue.step;
  mask.cells = tissue.pen;
  return mask;
}

bool covers(const TissueMask& mask, Point slide) {
  if (mask.cells.empty()) return false;
  const double column = std::floor(slide.x / mask.step), row = std::floor(slide.y / mask.step);
  return column >= 0 && row >= 0 && column < mask.columns && row < mask.rows &&
         mask.cells[size_t(row) * size_t(mask.columns) + size_t(column)] != 0;
}

const std::vector<TileGrid::Cell>* blurredOf(const OverlayScene& scene) {
  const auto& prediction = scene.prediction;
  return prediction && prediction->quality && prediction->quality->focusJudged ? &prediction->quality->blurred
                                                                               : nullptr;
}

}  // namespace

/// What predictions leave out: pen marks and tiles out of focus, each hatched its own way.
class SlideQualityOverlay final : public Overlay {
 public:
  /// Masks without cells: none of it.
  SlideQualityOverlay(TissueMask pen, TissueMask blurred)
      : m_pen{QColor(0xD5, 0x5E, 0x00), Qt::BDiagPattern, std::move(pen)},
        m_blurred{QColor(0x00, 0x72, 0xB2), Qt::FDiagPattern, std::move(blurred)} {}

  void paint(QPainter& painter, const Viewport& viewport) const override {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Mark* mark : {&m_pen, &m_blurred}) {
      painter.setPen(QPen(mark->colour, 2));
      painter.setBrush(QBrush(mark->colour, mark->hatch));
      painter.drawPath(pathOf(mark->rings, viewport));
    }
  }

  QString textAt(Point slide) const override {
    if (covers(m_pen.mask, slide)) return QObject::tr("pen mark, left out of predictions");
    return covers(m_blurred.mask, slide) ? QObject::tr("out of focus, left out of predictions") : QString();
  }

 private:
  struct Mark {
    QColor colour;
    Qt::BrushStyle hatch;
    TissueMask mask;
    std::vector<OutlineRing> rings = mask.cells.empty() ? std::vector<OutlineRing>() : outlineOf(mask);
  };

  static QPainterPath pathOf(const std::vector<OutlineRing>& rings, const Viewport& viewport) {
    QPainterPath path;  // rings within rings are holes
    for (const OutlineRing& ring : rings) {
      QPolygonF polygon;
      for (const Point& corner : ring.points) {
        const Point screen = viewport.toScreen(corner);
        polygon << QPointF(screen.x, screen.y);
      }
      path.addPolygon(polygon);
      path.closeSubpath();
    }
    return path;
  }

  const Mark m_pen;
  const Mark m_blurred;
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
    const auto* blurred = blurredOf(scene);
    if (mask.pen.empty() && !blurred)
      return refuse(
          tr("No pen marks were found on this slide. Blur is looked for where it is predicted with "
             "pixels of at most 1.1 µm; folds are not."));
    if (mask.pen.empty() && blurred->empty())
      return refuse(tr("No pen marks and no tiles out of focus were found. Folds are not looked for."));
    if (mask.step <= 0 || (!mask.pen.empty() && mask.pen.size() != size_t(mask.columns) * size_t(mask.rows)))
      return refuse(tr("The pen marks of '%1' are damaged.")
                        .arg(QString::fromStdString(scene.slide->file.filename().string())));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const auto* blurred = blurredOf(scene);
    return std::make_unique<SlideQualityOverlay>(
        scene.tissue->pen.empty() ? TissueMask{} : penOf(*scene.tissue),
        blurred && !blurred->empty() ? maskOf(scene.prediction->grid, *blurred) : TissueMask{});
  }
};

}  // namespace geneglass

#include "slide_quality.moc"
