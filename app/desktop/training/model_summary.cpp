// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/model_summary.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <exception>

#include "app/desktop/genes/model_standing.h"
#include "inference/package/holds_program.h"
#include "inference/prediction/synthetic_statement.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

QString words(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

QString rText(double r) {
  return numberText(r, 2);
}

QString slidesText(const ModelSummary& model) {
  if (model.slides == 0) return words("slides not recorded");
  if (model.isSynthetic)
    return model.slides == 1 ? words("1 synthetic slide") : words("%1 synthetic slides").arg(model.slides);
  return model.slides == 1 ? words("1 slide") : words("%1 slides").arg(model.slides);
}

}  // namespace

ModelSummary summaryOf(const ModelPackage& package) {
  ModelSummary model;
  model.folder = package.folder;
  model.name = QString::fromStdString(package.name);
  model.statement = QString::fromStdString(package.statement);
  model.slides = package.domain          ? package.domain->slides
                 : package.calls.empty() ? 0
                                         : package.calls.front().slides;
  model.genes = int(package.genes.size());
  model.well = int(std::ranges::count_if(package.genes, &GeneFacts::wellPredicted));
  model.medianR = medianHeldOutR(package);
  model.isSynthetic =
      saysJudgedOnSynthetic(package.statement) || std::ranges::any_of(package.calls, &CallFacts::synthetic);
  model.isProgram = holdsProgram(package);
  return model;
}

ModelSummary summaryIn(const std::filesystem::path& folder) {
  ModelSummary model;
  try {
    const auto package = openModelPackage(folder);
    if (package) return summaryOf(*package);
    model.refusal = QString::fromStdString(package.error().sentence);
  } catch (const std::exception& error) {
    model.refusal = QString::fromStdString(reasonOf(error));
  }
  model.folder = folder;
  model.name = QString::fromStdString(folder.filename().string());
  return model;
}

QString shortText(const ModelSummary& model) {
  QStringList parts{slidesText(model)};
  if (model.medianR) parts << words("median r %1").arg(rText(*model.medianR));
  return words("%1: %2").arg(model.name, parts.join(QStringLiteral(", ")));
}

QString longText(const ModelSummary& model) {
  if (!model.refusal.isEmpty()) return model.refusal;
  QString text = words("%1: %2.").arg(
      model.name, model.statement.isEmpty() ? words("it does not say of what tissue") : model.statement);
  text += words(" Learnt from %1.").arg(slidesText(model));
  if (model.medianR)
    text += words(" %1 of %2 genes are well predicted; median r on held-out cases %3.")
                .arg(model.well)
                .arg(model.genes)
                .arg(rText(*model.medianR));
  if (model.isSynthetic) text += words(" It says nothing of real tissue.");
  if (model.isProgram)
    text += words(
        " It holds a program (TorchScript): that is read before it runs, and runs apart, without files and "
        "network.");
  return text + QLatin1Char('\n') + QString::fromStdString(model.folder.string());
}

}  // namespace geneglass
