// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <algorithm>

#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"
#include "viewer/canvas/plate.h"
#include "viewer/canvas/ring_painter.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

/// Whose evidence is shown: the diagnosis, or the first call of slides where there is none; null where there
/// is no such call.
static const SlideCall* shownCall(const Prediction& prediction) {
  if (const SlideCall* diagnosis = diagnosisOf(prediction)) return diagnosis;
  const auto first =
      std::ranges::find(prediction.calls, false, [](const SlideCall& call) { return call.facts.ofTiles; });
  return first == prediction.calls.end() ? nullptr : &*first;
}

static QString nameOf(const ClassFacts& each) {
  return QString::fromStdString(each.name);
}

/// The evidence of each tile, 0 to 1, for the class that is looked for, of more than two the likeliest one;
/// and the outline of a diagnosis's region: the tiles above kRegionEvidence.
class EvidenceOverlay final : public MapOverlay {
 public:
  EvidenceOverlay(std::shared_ptr<const Heatmap> map, std::shared_ptr<const Prediction> prediction)
      : MapOverlay(std::move(map), HeatmapStyle{.colours = ColourMap::Coolwarm,
                                                .range = HeatmapStyle::Range::Absolute,
                                                .low = 0,
                                                .high = 1,
                                                .threshold = 0}),
        m_prediction(std::move(prediction)),
        m_call(shownCall(*m_prediction)) {}

  /// Black on white, so that it stands out from any tissue and is no hotspot's outline.
  void paint(QPainter& painter, const Viewport& viewport) const override {
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = plateUnit(painter);
    for (const std::vector<Point>& ring : m_call->region)
      paintRing(painter, viewport, ring, {Qt::black, 2 * unit, Qt::white, 5 * unit});
  }

  QString textAt(Point slide) const override {
    const QString text = MapOverlay::textAt(slide);
    const std::optional<float> value = heatmap()->valueAt(slide);
    if (!value || *value <= kRegionEvidence || m_call->region.empty()) return text;
    return QObject::tr("%1, in the %2 region of %3 mm²")
        .arg(text, nameOf(m_call->facts.positive()), numberText(m_call->regionMm2, 2));
  }

 private:
  std::shared_ptr<const Prediction> m_prediction;
  const SlideCall* m_call;
};

/// Loaded by overlays/overlay_registry.h.
class TumourEvidencePlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "tumour_evidence.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (const Result<void> may = mayShowCalls(scene); !may) return may;
    if (!shownCall(*scene.prediction)) return refuse(tr("This model tells no classes of slides apart."));
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const SlideCall& call = *shownCall(*scene.prediction);
    const ClassFacts& seen = call.facts.classes[call.evidenceOf()];
    const QString name = call.facts.synthetic ? tr("Evidence of %1, held-out AUC %2 over synthetic slides")
                                              : tr("Evidence of %1, held-out AUC %2 over slides");
    auto map = gridHeatmap(scene, name.arg(nameOf(seen), numberText(seen.auc, 2)), {}, call.evidence);
    if (!map) return tl::unexpected(map.error());
    return std::make_unique<EvidenceOverlay>(*map, scene.prediction);
  }
};

}  // namespace geneglass

#include "tumour_evidence.moc"
