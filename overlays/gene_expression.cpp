// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <algorithm>
#include <vector>

#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"
#include "viewer/canvas/plate.h"
#include "viewer/canvas/ring_painter.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

/// The expression map with the gene's hotspots outlined and numbered by rank.
class ExpressionOverlay final : public MapOverlay {
 public:
  ExpressionOverlay(std::shared_ptr<const Heatmap> map, std::shared_ptr<const Prediction> prediction,
                    GeneMapPtr gene)
      : MapOverlay(std::move(map), HeatmapStyle{.colours = ColourMap::Viridis}),
        m_prediction(std::move(prediction)),
        m_gene(std::move(gene)) {
    for (const Hotspot& hotspot : m_gene->hotspots)
      if (!hotspot.rings.empty()) m_hotspots.push_back(&hotspot);
  }

  void paint(QPainter& painter, const Viewport& viewport) const override {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Hotspot* hotspot : m_hotspots) paintOutline(painter, viewport, *hotspot);
    std::vector<QRectF> plates;
    for (const Hotspot* hotspot : m_hotspots) paintRank(painter, viewport, *hotspot, plates);
  }

  QString textAt(Point slide) const override {
    const QString text = MapOverlay::textAt(slide);
    for (const Hotspot* hotspot : m_hotspots)
      if (!text.isEmpty() && holds(*hotspot, slide))
        return QObject::tr("%1, hotspot %2 of %3 mm²")
            .arg(text, QString::number(hotspot->rank), numberText(hotspot->areaMm2, 2));
    return text;
  }

 private:
  bool holds(const Hotspot& hotspot, Point slide) const {
    for (const TileGrid::Cell& cell : hotspot.cells)
      if (m_prediction->grid.square(cell).contains(slide)) return true;
    return false;
  }

  static QPolygonF onScreen(const std::vector<Point>& ring, const Viewport& viewport) {
    QPolygonF polygon;
    for (const Point& corner : ring) {
      const Point screen = viewport.toScreen(corner);
      polygon << QPointF(screen.x, screen.y);
    }
    return polygon;
  }

  /// White on black, so that it stands out from any tissue and any colour map.
  static void paintOutline(QPainter& painter, const Viewport& viewport, const Hotspot& hotspot) {
    const double unit = plateUnit(painter);
    for (const std::vector<Point>& ring : hotspot.rings)
      paintRing(painter, viewport, ring, {Qt::white, 2 * unit, QColor(28, 28, 28), 4 * unit});
  }

  /// A plate with the rank over the outline's highest point on the screen, or under its lowest; none where
  /// the plates of larger hotspots have both places.
  static void paintRank(QPainter& painter, const Viewport& viewport, const Hotspot& hotspot,
                        std::vector<QRectF>& plates) {
    const QPolygonF outer = onScreen(hotspot.rings.front(), viewport);
    if (outer.isEmpty()) return;
    const auto [top, bottom] =
        std::minmax_element(outer.begin(), outer.end(), [](const QPointF& left, const QPointF& right) {
          return std::pair(left.y(), left.x()) < std::pair(right.y(), right.x());
        });
    const double unit = plateUnit(painter);
    const QFont font = plateFont(painter, 9.75, true);
    painter.setFont(font);
    const QString rank = QString::number(hotspot.rank);
    QRectF plate(0, 0, QFontMetricsF(font).horizontalAdvance(rank) + 10 * unit, 18 * unit);
    const auto isTaken = [&] {
      return std::any_of(plates.begin(), plates.end(),
                         [&](const QRectF& other) { return other.intersects(plate); });
    };
    plate.moveBottomLeft(*top);
    if (isTaken()) plate.moveTopRight(*bottom);
    if (isTaken()) return;
    plates.push_back(plate);
    painter.fillRect(plate, QColor(0, 0, 0, 200));
    painter.setPen(Qt::white);
    painter.drawText(plate, Qt::AlignCenter, rank);
  }

  std::shared_ptr<const Prediction> m_prediction;
  GeneMapPtr m_gene;  ///< owns what m_hotspots points to
  std::vector<const Hotspot*> m_hotspots;
};

/// Loaded by overlays/overlay_registry.h.
class GeneExpressionPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "gene_expression.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    return mayShowGene(scene.prediction.get(), scene.gene);
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const auto gene = shownGene(scene.prediction.get(), scene.gene);
    if (!gene) return tl::unexpected(gene.error());
    auto map = predictionHeatmap(scene, tr("%1 expression").arg(QString::fromStdString((*gene)->symbol)),
                                 QString::fromStdString(scene.prediction->labelUnit), &GeneMap::expression,
                                 &m_leftOut.of(scene));
    if (map) map = sharpen(*map, scene, &GeneMap::expression);
    if (!map) return tl::unexpected(map.error());
    const auto shown = shownMap(scene.prediction.get(), scene.gene);
    if (!shown) return tl::unexpected(shown.error());
    return std::make_unique<ExpressionOverlay>(*map, scene.prediction, *shown);
  }

 private:
  mutable LeftOutTissue m_leftOut;
};

}  // namespace geneglass

#include "gene_expression.moc"
