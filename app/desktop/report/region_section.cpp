// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/region_section.h"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/desktop/report/report_words.h"

namespace geneglass {
namespace {

/// "–" where it is not known.
QString known(double value, int count = 2) {
  return std::isnan(value) ? QStringLiteral("–") : decimals(value, count);
}

QString interval(double middle, double low, double high) {
  return std::isnan(low) ? known(middle)
                         : QStringLiteral("%1 [%2, %3]").arg(decimals(middle), decimals(low), decimals(high));
}

QString hotspotShares(const RegionGene& gene) {
  if (std::isnan(gene.hotspotA) || std::isnan(gene.hotspotB)) return QStringLiteral("–");
  return QStringLiteral("%1, %2 %").arg(decimals(100 * gene.hotspotA, 0), decimals(100 * gene.hotspotB, 0));
}

/// Of the report's prediction; null where another model made the comparison.
const GenePrediction* factsOf(const ReportRequest& request, const RegionComparison& comparison,
                              const std::string& symbol) {
  if (!request.prediction || request.prediction->modelHash != comparison.modelHash) return nullptr;
  const auto& genes = request.prediction->genes;
  const auto found = std::ranges::find(genes, symbol, &GenePrediction::symbol);
  return found == genes.end() ? nullptr : &*found;
}

/// Those that differ most come first.
std::vector<size_t> byEffect(const RegionComparison& comparison) {
  std::vector<size_t> order(comparison.genes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto size = [&](size_t gene) {
    const double effect = comparison.genes[gene].effect;
    return std::isnan(effect) ? -1 : std::abs(effect);
  };
  std::ranges::stable_sort(order, std::greater<>(), size);
  return order;
}

ReportRow rowOf(const ReportRequest& request, const RegionComparison& comparison, const RegionGene& gene) {
  const GenePrediction* facts = factsOf(request, comparison, gene.symbol);
  return {{words(gene.symbol), known(gene.meanA), known(gene.meanB),
           interval(gene.difference, gene.low, gene.high), known(gene.effect), known(gene.q, 3),
           hotspotShares(gene), known(gene.slide), known(gene.withoutA),
           facts ? interval(facts->heldOutR, facts->ciLow, facts->ciHigh) : QObject::tr("of another model")}};
}

ReportTable tableOf(const ReportRequest& request, const RegionComparison& comparison) {
  ReportTable table{{{QObject::tr("Gene"), 66},
                     {QObject::tr("A"), 34, true},
                     {QObject::tr("B"), 34, true},
                     {QObject::tr("A − B [95 %]"), 92, true},
                     {QObject::tr("Effect"), 42, true},
                     {QObject::tr("q"), 38, true},
                     {QObject::tr("In hotspots"), 62, true},
                     {QObject::tr("Slide"), 38, true},
                     {QObject::tr("without A"), 56, true},
                     {QObject::tr("Held-out r [95 %]"), 98, true}},
                    {}};
  const std::vector<size_t> order = byEffect(comparison);
  for (size_t i = 0; i < std::min(order.size(), kListedRegionGenes); ++i)
    table.rows.push_back(rowOf(request, comparison, comparison.genes[order[i]]));
  return table;
}

void addTo(ReportSection& section, const ReportRequest& request, const RegionComparison& comparison) {
  section.blocks.push_back(ReportText{
      QObject::tr("A: %1\nB: %2").arg(words(comparison.a.name), words(comparison.b.name)), TextTone::Strong});
  QStringList notes{words(inWords(comparison.a)) + u'.', words(inWords(comparison.b)) + u'.'};
  for (const std::string& sentence : sentencesOf(comparison)) notes << words(sentence);
  notes << QObject::tr("Means of tiles in %1. Effect: the difference over the spread of the tiles.")
               .arg(words(comparison.labelUnit));
  if (comparison.genes.size() > kListedRegionGenes)
    notes << QObject::tr("The %1 genes that differ most, of %2.")
                 .arg(kListedRegionGenes)
                 .arg(comparison.genes.size());
  section.blocks.push_back(
      ReportText{notes.join(u' ').replace(QStringLiteral(" mm2"), QStringLiteral(" mm²")), TextTone::Note});
  section.blocks.push_back(tableOf(request, comparison));
}

}  // namespace

ReportSection regionSection(const ReportRequest& request) {
  ReportSection section{titleOf(ReportPart::Regions), {}};
  for (const RegionComparison& each : request.regions)
    if (each.slideHash == request.opened.slide->hash) addTo(section, request, each);
  return section;
}

}  // namespace geneglass
