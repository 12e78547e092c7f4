// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/model_standing.h"

#include <QCoreApplication>
#include <algorithm>
#include <exception>
#include <vector>

#include "app/desktop/genes/calls_view.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

QString ofGenes(const ModelPackage& package) {
  const auto well = std::ranges::count_if(package.genes, &GeneFacts::wellPredicted);
  return tr("%1 of %2 genes are well predicted, median held-out r %3")
      .arg(well)
      .arg(package.genes.size())
      .arg(numberText(*medianHeldOutR(package), 2));
}

QString ofCall(const CallFacts& facts) {
  QStringList names;
  for (auto each = facts.classes.rbegin(); each != facts.classes.rend(); ++each)
    names << QString::fromStdString(each->name);
  if (facts.ofTiles)
    return tr("sorts tiles by %1, %2").arg(QString::fromStdString(facts.target), reliabilityText(facts));
  return tr("tells %1 slides, %2, expected error of its probability %3")
      .arg(names.join(tr(" from ")), reliabilityText(facts))
      .arg(numberText(facts.calibrationError, 3));
}

QString inWords(const ModelPackage& package) {
  QStringList parts;
  for (const CallFacts& call : package.calls) parts << ofCall(call);
  if (!package.genes.empty()) parts << ofGenes(package);
  if (parts.isEmpty()) parts << tr("an encoder of %1 features a tile").arg(package.encoder.width);
  return tr("Finished: %1. %2 is %3.")
      .arg(parts.join(QStringLiteral("; ")),
           package.genes.empty() && package.calls.empty() ? tr("It") : tr("The model"),
           QString::fromStdString(package.folder.string()));
}

}  // namespace

std::optional<double> medianHeldOutR(const ModelPackage& package) {
  if (package.genes.empty()) return {};
  std::vector<double> values;
  for (const GeneFacts& gene : package.genes) values.push_back(gene.heldOutR);
  std::ranges::sort(values);
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

ModelStanding standingOf(const std::filesystem::path& folder) {
  try {
    const Result<ModelPackage> package = openModelPackage(folder);
    if (!package) return {QString::fromStdString(package.error().sentence), false};
    return {inWords(*package), package->genes.empty() && package->calls.empty()};
  } catch (const std::exception& error) {
    return {QString::fromStdString(reasonOf(error)), false};
  }
}

}  // namespace geneglass
