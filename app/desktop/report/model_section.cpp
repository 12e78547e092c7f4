// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/model_section.h"

#include <QObject>
#include <algorithm>

#include "app/desktop/genes/calls_view.h"
#include "app/desktop/report/report_words.h"

namespace geneglass {
namespace {

/// Of a call of tiles.
ReportSection sharesSection(const SlideCall& call) {
  ReportFacts facts;
  if (call.byTemplates) facts.push_back({QObject::tr("Slide"), callText(call)});
  for (const size_t each : classesByShare(call))
    facts.push_back(
        {words(call.facts.classes[each].name), QObject::tr("%1 % of %2 tiles")
                                                   .arg(decimals(100 * call.probabilities[each], 1))
                                                   .arg(call.classOfTile.size())});
  facts.push_back({QObject::tr("Judged on"), reliabilityText(call)});
  return {words(call.facts.target), {facts}};
}

ReportSection callSection(const Prediction& prediction, const SlideCall& call) {
  if (call.facts.ofTiles) return sharesSection(call);
  const CallFacts& judged = call.facts;
  const auto nameOf = [](const ClassFacts& each) { return words(each.name); };
  const QString trust = QObject::tr("%1, calibrated; %2");
  if (judged.isDiagnosis())
    return {QObject::tr("Call: %1 or %2").arg(nameOf(judged.positive()), nameOf(judged.classes.front())),
            {ReportFacts{{QObject::tr("P(%1)").arg(nameOf(judged.positive())),
                          trust.arg(decimals(call.probability()), reliabilityText(call))},
                         {QObject::tr("Region"), regionText(prediction, call)}}}};
  ReportFacts facts;
  for (size_t i = 0; i < judged.classes.size(); ++i)
    facts.push_back({QObject::tr("P(%1)").arg(nameOf(judged.classes[i])),
                     trust.arg(decimals(call.probabilities[i]),
                               QObject::tr("held-out AUC %1 [%2, %3]")
                                   .arg(decimals(judged.classes[i].auc), decimals(judged.classes[i].aucLow),
                                        decimals(judged.classes[i].aucHigh)))});
  facts.push_back(
      {QObject::tr("Judged on"),
       QObject::tr(judged.synthetic ? "%1 synthetic slides of %2 patients" : "%1 slides of %2 patients")
           .arg(judged.slides)
           .arg(judged.patients)});
  return {words(judged.target), {facts}};
}

void add(ReportFacts& facts, const QString& name, const std::string& value) {
  if (!value.empty()) facts.push_back({name, words(value)});
}

}  // namespace

ReportSection modelSection(const ReportRequest& request) {
  const Prediction& prediction = *request.prediction;
  const auto good = std::ranges::count_if(prediction.genes, &GenePrediction::wellPredicted);
  ReportFacts facts{{QObject::tr("Name"), words(prediction.modelName + " " + prediction.modelVersion)},
                    {QObject::tr("What it is"), words(prediction.modelStatement)},
                    {QObject::tr("Content hash"), words(prediction.modelHash)}};
  if (!prediction.genes.empty())
    facts.push_back(
        {QObject::tr("Genes"),
         QObject::tr("%1, of which %2 are well predicted").arg(prediction.genes.size()).arg(good)});
  facts.push_back({QObject::tr("Tiles"), QObject::tr("%1 of %2 µm a side; %3 could not be read")
                                             .arg(prediction.grid.count())
                                             .arg(decimals(prediction.grid.tile * prediction.mpp, 0))
                                             .arg(prediction.damagedTiles)});
  facts.push_back(
      {QObject::tr("Training tissue"),
       prediction.domain
           ? words(inWords(*prediction.domain))
           : QObject::tr("what it looked like is not known: whether this slide is like it, neither")});
  return {titleOf(ReportPart::Model), {facts}};
}

std::vector<ReportSection> callSections(const ReportRequest& request) {
  std::vector<ReportSection> sections;
  for (const SlideCall& call : request.prediction->calls)
    sections.push_back(callSection(*request.prediction, call));
  return sections;
}

ReportSection modelCardSection(const ReportRequest& request) {
  ReportSection section{titleOf(ReportPart::ModelCard), {}};
  if (!request.package || request.package->hash != request.prediction->modelHash) return section;
  const ModelPackage& package = *request.package;
  const EncoderFacts& encoder = package.encoder;
  ReportFacts facts;
  add(facts, QObject::tr("Recipe"), package.recipe);
  facts.push_back({QObject::tr("Encoder"), QObject::tr("%1, tiles of %2 pixels of %3 µm, %4 features each")
                                               .arg(words(encoder.name))
                                               .arg(encoder.tile)
                                               .arg(decimals(encoder.mpp))
                                               .arg(encoder.width)});
  facts.push_back({QObject::tr("Tissue"), QObject::tr("a tile counts where %1 % of it or more is tissue")
                                              .arg(decimals(100 * package.minimumTissue, 0))});
  add(facts, QObject::tr("Predicted"), package.labelUnit);
  add(facts, QObject::tr("Labels"), package.normalisation);
  add(facts, QObject::tr("Training"), package.training);
  for (const CallFacts& call : package.calls)
    add(facts, QObject::tr("Call of %1").arg(words(call.target)), call.statement);
  add(facts, QObject::tr("Licence"), package.licence);
  section.blocks.push_back(facts);
  return section;
}

}  // namespace geneglass
