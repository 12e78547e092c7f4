// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QObject>
#include <algorithm>
#include <cmath>

#include "inference/prediction/class_colours.h"
#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr size_t kOpacity = 0;  ///< in the plugin's controls

/// The last of them: that of templates which were chosen comes after the model's own.
const SlideCall* tileCall(const Prediction& prediction) {
  const auto isOfTiles = [](const SlideCall& call) { return call.facts.ofTiles; };
  const auto found = std::find_if(prediction.calls.rbegin(), prediction.calls.rend(), isOfTiles);
  return found == prediction.calls.rend() ? nullptr : &*found;
}

}  // namespace

/// Each tile in the colour of its class; a legend of the classes that are there.
class TileClassesOverlay final : public Overlay {
 public:
  TileClassesOverlay(std::shared_ptr<const Heatmap> classes, std::shared_ptr<const Prediction> prediction,
                     double opacity)
      : m_map(std::move(classes)), m_prediction(std::move(prediction)), m_call(tileCall(*m_prediction)) {
    m_colours = QImage(m_map->columns, m_map->rows, QImage::Format_ARGB32_Premultiplied);
    m_colours.fill(Qt::transparent);
    for (int row = 0; row < m_map->rows; ++row)
      for (int column = 0; column < m_map->columns; ++column) {
        const float value = m_map->values[size_t(row) * size_t(m_map->columns) + size_t(column)];
        if (std::isnan(value)) continue;
        QColor colour = colourOf(size_t(value));
        colour.setAlphaF(float(opacity));
        m_colours.setPixelColor(column, row, colour);
      }
  }

  void paint(QPainter& painter, const Viewport& viewport) const override {
    const auto onScreen = [&](double column, double row) {
      const Point place =
          viewport.toScreen({m_map->origin.x + column * m_map->step, m_map->origin.y + row * m_map->step});
      return QPointF(place.x, place.y);
    };
    const QPointF origin = onScreen(0, 0), right = onScreen(1, 0) - origin, down = onScreen(0, 1) - origin;
    painter.save();
    painter.setTransform(QTransform(right.x(), right.y(), down.x(), down.y(), origin.x(), origin.y()), true);
    painter.drawImage(0, 0, m_colours);
    painter.restore();
  }

  /// What they are and what they are worth: a picture travels without its window.
  OverlayKey key() const override {
    OverlayKey key{target(),
                   {},
                   m_call->byTemplates ? QObject::tr("by nearest template, never tested")
                                       : QObject::tr("not judged here")};
    for (size_t each = 0; each < m_call->probabilities.size(); ++each)
      if (const double share = m_call->probabilities[each]; share > 0)
        key.lines.push_back(
            {colourOf(each), QObject::tr("%1  %2 %").arg(nameOf(each)).arg(numberText(100 * share, 0))});
    return key;
  }

  QString textAt(Point slide) const override {
    const std::optional<float> value = m_map->valueAt(slide);
    return value ? QStringLiteral("%1: %2").arg(target(), nameOf(size_t(*value))) : QString();
  }

 private:
  QString nameOf(size_t each) const { return QString::fromStdString(m_call->facts.classes[each].name); }
  QString target() const {
    return m_call->byTemplates
               ? QObject::tr("%1 of tiles").arg(QString::fromStdString(m_call->byTemplates->target))
               : QString::fromStdString(m_call->facts.target);
  }
  QColor colourOf(size_t each) const {
    return QColor::fromRgb(classColour(m_prediction->panel, m_call->facts, each));
  }

  std::shared_ptr<const Heatmap> m_map;  ///< of class numbers
  std::shared_ptr<const Prediction> m_prediction;
  const SlideCall* m_call;
  QImage m_colours;  ///< a pixel a cell
};

/// Loaded by overlays/overlay_registry.h.
class TileClassesPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "tile_classes.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  std::vector<OverlayControl> controls() const override {
    return {{.key = QStringLiteral("opacity"),
             .name = tr("Opacity"),
             .value = 55,
             .high = 100,
             .unit = QStringLiteral("%")}};
  }
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (const Result<void> may = mayShowCalls(scene); !may) return may;
    if (!tileCall(*scene.prediction))
      return refuse(tr(
          "This model tells no classes of tiles apart; Slide > Subtype by Templates does, by marker genes."));
    if (scene.prediction->grid.cover)
      return refuse(tr("Its tiles overlap without a lattice: a place has no one class."));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const std::vector<uint8_t>& classes = tileCall(*scene.prediction)->classOfTile;
    auto map = gridHeatmap(scene, tr("Classes"), {}, std::vector<float>(classes.begin(), classes.end()));
    if (!map) return tl::unexpected(map.error());
    return std::make_unique<TileClassesOverlay>(*map, scene.prediction, scene.settings[kOpacity] / 100);
  }
};

}  // namespace geneglass

#include "tile_classes.moc"
