// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/gene_section.h"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "app/desktop/report/report_words.h"

namespace geneglass {
namespace {

constexpr size_t kShortTable = 20;  ///< best predicted genes of the short table

QString hotspotText(const GenePrediction& gene) {
  if (gene.hotspots == 0) return QObject::tr("none");
  return QObject::tr("%1, together %2 mm²").arg(gene.hotspots).arg(decimals(gene.hotspotMm2));
}

ReportRow rowOf(const Prediction& prediction, const GenePrediction& gene) {
  const QString last = !gene.wellPredicted   ? QObject::tr("not well predicted")
                       : prediction.withheld ? QObject::tr("withheld")
                                             : hotspotText(gene);
  ReportRow row{{words(gene.symbol),
                 decimals(gene.value),
                 prediction.withheld ? QStringLiteral("–") : decimals(gene.percentile, 0),
                 {},
                 QStringLiteral("%1 [%2, %3]")
                     .arg(decimals(gene.heldOutR), decimals(gene.ciLow), decimals(gene.ciHigh)),
                 last},
                !gene.wellPredicted};
  if (gene.wellPredicted && !prediction.withheld && std::isfinite(gene.percentile))
    row.place = std::clamp(gene.percentile / 100, 0.0, 1.0);
  return row;
}

/// Indices of those that the table lists.
std::set<size_t> listed(const ReportRequest& request) {
  const auto& genes = request.prediction->genes;
  std::vector<size_t> order(genes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (request.layout.allGenes) return {order.begin(), order.end()};
  std::ranges::stable_sort(order, [&](size_t a, size_t b) {
    return std::pair(genes[a].wellPredicted, genes[a].heldOutR) >
           std::pair(genes[b].wellPredicted, genes[b].heldOutR);
  });
  std::set<size_t> chosen;
  for (size_t i = 0; i < order.size(); ++i)
    if ((i < kShortTable && genes[order[i]].wellPredicted) || isShown(request, genes[order[i]].symbol))
      chosen.insert(order[i]);
  return chosen;
}

void addGroup(ReportTable& table, const Prediction& prediction, int group, const std::set<size_t>& chosen) {
  const QString title =
      group < 0 ? QObject::tr("Other genes") : words(prediction.panel.groups[size_t(group)].title);
  bool begun = false;
  for (const size_t gene : chosen) {
    if (prediction.genes[gene].group != group) continue;
    if (!begun) table.rows.push_back({{title}, false, prediction.panel.colourOf(group)});
    begun = true;
    table.rows.push_back(rowOf(prediction, prediction.genes[gene]));
  }
}

}  // namespace

ReportSection hotspotSection(const ReportRequest& request, int gene) {
  const Prediction& prediction = *request.prediction;
  ReportSection section{};
  if (gene < 0 || !prediction.genes[size_t(gene)].wellPredicted) return section;
  section.title = QObject::tr("Hotspots of %1").arg(words(prediction.genes[size_t(gene)].symbol));
  section.blocks = {ReportText{
      QObject::tr("Connected regions of at least 4 tiles whose contribution is among the slide's highest 5 % "
                  "and whose attention, where the model weighs tiles, is above uniform."),
      TextTone::Note}};
  if (prediction.withheld) {
    section.blocks.push_back(ReportText{QObject::tr("Withheld on this slide.")});
    return section;
  }
  const Result<GeneMapPtr> map = prediction.maps.of(size_t(gene));
  if (!map) {
    section.blocks.push_back(ReportText{words(map.error().sentence)});
    return section;
  }
  ReportTable table{{{QObject::tr("Rank"), 50, true},
                     {QObject::tr("Area (mm²)"), 90, true},
                     {QObject::tr("Tiles"), 70, true},
                     {QObject::tr("Mean expression estimate"), 170, true},
                     {{}, 131}},
                    {}};
  for (const Hotspot& hotspot : (*map)->hotspots)
    table.rows.push_back({{QString::number(hotspot.rank), decimals(hotspot.areaMm2),
                           QString::number(hotspot.cells.size()), decimals(hotspot.mean)}});
  if (table.rows.empty())
    section.blocks.push_back(ReportText{QObject::tr("None on this slide.")});
  else
    section.blocks.push_back(table);
  return section;
}

ReportSection geneSection(const ReportRequest& request) {
  const Prediction& prediction = *request.prediction;
  const std::set<size_t> chosen = listed(request);
  ReportSection section{titleOf(ReportPart::Genes), {}, true};
  section.blocks.push_back(ReportText{
      QObject::tr(
          "Predicted: %1. Percentile: of the value among the model's predictions for its training cases. "
          "Held-out r: correlation with measured expression in cases the model was not trained on. Grey: "
          "not well predicted, to be disregarded. Bar: from the middle of the training cases' predictions to "
          "this one, half of them within the darker part; none where the gene is not well predicted.")
          .arg(words(prediction.labelUnit)),
      TextTone::Note});
  if (const size_t left = prediction.genes.size() - chosen.size(); left > 0)
    section.blocks.push_back(ReportText{
        QObject::tr(
            "The genes shown in this report and the %1 that the model predicts best; %2 more are left out.")
            .arg(kShortTable)
            .arg(left),
        TextTone::Note});
  ReportTable table{{{QObject::tr("Gene"), 70},
                     {QObject::tr("Predicted"), 80, true},
                     {QObject::tr("Percentile"), 68, true},
                     {QObject::tr("0 to 100"), 80, false, true},
                     {QObject::tr("Held-out r [95 % interval]"), 95, true},
                     {QObject::tr("Hotspots"), 118}},
                    {}};
  for (size_t group = 0; group <= prediction.panel.groups.size(); ++group)
    addGroup(table, prediction, group == prediction.panel.groups.size() ? -1 : int(group), chosen);
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace geneglass
