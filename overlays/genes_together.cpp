// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/genes_together.h"

#include <QObject>
#include <QStringList>

#include "inference/prediction/synthetic_training.h"
#include "overlays/prediction_heatmap.h"
#include "overlays/reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

/// Zero is what the training cases had on average.
static HeatmapStyle aboutTheMean(const Heatmap& map) {
  HeatmapStyle style{.colours = ColourMap::Coolwarm, .range = HeatmapStyle::Range::Absolute};
  style.high = std::max({std::abs(map.atPercentile(2)), std::abs(map.atPercentile(98)), 1e-3f});
  style.low = -style.high;
  style.threshold = map.sorted.empty() ? style.low : double(std::min(map.sorted.front(), -float(style.high)));
  return style;
}

/// Genes in colours of their own, from the 2nd to the 98th percentile of each.
class MixOverlay final : public MapOverlay {
 public:
  MixOverlay(std::shared_ptr<const Heatmap> map, std::vector<std::shared_ptr<const Heatmap>> genes)
      : MapOverlay(std::move(map), HeatmapStyle{.opacity = 0.7}), m_genes(std::move(genes)) {}

  QString textAt(Point slide) const override {
    QStringList texts;
    for (const auto& gene : m_genes)
      if (const auto value = gene->valueAt(slide))
        texts << QStringLiteral("%1 %2").arg(gene->name.section(u' ', 0, 0), numberText(double(*value), 2));
    return texts.isEmpty() ? MapOverlay::textAt(slide) : texts.join(QStringLiteral(", "));
  }

 private:
  std::vector<std::shared_ptr<const Heatmap>> m_genes;
};

/// Loaded by overlays/overlay_registry.h.
class GenesTogetherPlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "genes_together.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    if (const Result<void> may = mayShowPrediction(scene); !may) return may;
    if (!scene.together)
      return refuse(tr("Choose a gene set, or several genes with Ctrl and a click, to see them together."));
    return {};
  }

  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    return scene.together->mix ? makeMix(scene) : makeMean(scene);
  }

 private:
  Result<std::unique_ptr<Overlay>> makeMean(const OverlayScene& scene) const {
    const GenesTogether& set = *scene.together;
    const QString name =
        tr("%1: mean z of %2 of %3 genes")
            .arg(QString::fromStdString(set.name), QString::number(set.used), QString::number(set.named));
    const auto map = gridHeatmap(scene, name, QStringLiteral("z"), set.meanZ, &m_leftOut.of(scene));
    if (!map) return tl::unexpected(map.error());
    return std::make_unique<MapOverlay>(*map, aboutTheMean(**map));
  }

  Result<std::unique_ptr<Overlay>> makeMix(const OverlayScene& scene) const {
    const GenesTogether& genes = *scene.together;
    std::vector<std::shared_ptr<const Heatmap>> maps;
    QStringList names;
    for (const GenesTogether::Gene& gene : genes.genes) {
      names << QString::fromStdString(gene.symbol);
      const QString judged = scene.prediction && isJudgedOnSynthetic(*scene.prediction)
                                 ? tr("%1 (held-out r %2, synthetic)")
                                 : tr("%1 (held-out r %2)");
      const QString name = judged.arg(names.back(), numberText(gene.heldOutR, 2));
      auto map =
          gridHeatmap(scene, name, QString::fromStdString(genes.unit), gene.values, &m_leftOut.of(scene));
      if (!map) return tl::unexpected(map.error());
      maps.push_back(*map);
    }
    Heatmap mix = *maps.front();
    mix.name = names.join(QStringLiteral(", "));
    paint(mix, maps, *genes.mix);
    auto placed = placeHeatmap(std::move(mix), *scene.slide);
    if (!placed) return tl::unexpected(placed.error());
    return std::make_unique<MixOverlay>(*placed, std::move(maps));
  }

  static void paint(Heatmap& mix, const std::vector<std::shared_ptr<const Heatmap>>& maps, ColourMix way) {
    std::vector<uint32_t> colours;
    mix.mix = way;
    for (size_t gene = 0; gene < maps.size(); ++gene) {
      colours.push_back(way == ColourMix::TwoWay ? kTwoWayColours[gene] : kMixColours[gene]);
      mix.scales.push_back({maps[gene]->name, maps[gene]->unit, colours.back(), maps[gene]->atPercentile(2),
                            maps[gene]->atPercentile(98)});
    }
    mix.paint.assign(mix.values.size(), 0);
    std::vector<double> places(maps.size());
    for (size_t cell = 0; cell < mix.values.size(); ++cell) {
      if (!std::isfinite(mix.values[cell])) continue;
      for (size_t gene = 0; gene < maps.size(); ++gene) {
        const auto& scale = mix.scales[gene];
        const float span = scale.high - scale.low;
        places[gene] = span > 0 ? double((maps[gene]->values[cell] - scale.low) / span) : 0;
      }
      mix.paint[cell] = mixed(places, colours, way);
    }
  }

  mutable LeftOutTissue m_leftOut;
};

}  // namespace geneglass

#include "genes_together.moc"
