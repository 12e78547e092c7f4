// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training_plan.h"

#include <QCoreApplication>

#include "inference/model_package.h"

namespace geneglass {
namespace {

constexpr const char* kCurveEnd = ".curve.csv";

QString tr(const char* text) {
  return QCoreApplication::translate("TrainingPlan", text);
}

QString counted(size_t count, const QString& one, const QString& many) {
  return QStringLiteral("%1 %2").arg(count).arg(count == 1 ? one : many);
}

QString textOf(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

QString nameOf(LabelRule rule) {
  if (rule == LabelRule::Log2) return QStringLiteral("log2");
  return rule == LabelRule::AsIs ? QStringLiteral("as-is") : QStringLiteral("checked");
}

}  // namespace

QStringList TrainingPlan::arguments() const {
  QStringList words{QStringLiteral("train"),     textOf(question.cohort),
                    QStringLiteral("--recipe"),  QString::fromStdString(question.recipe),
                    QStringLiteral("--out"),     textOf(question.out),
                    QStringLiteral("--folds"),   QString::number(question.folds.count),
                    QStringLiteral("--seed"),    QString::number(question.folds.seed),
                    QStringLiteral("--labels"),  nameOf(question.labels.rule),
                    QStringLiteral("--threads"), QString::number(threads)};
  if (!encoder.empty()) words << QStringLiteral("--encoder") << textOf(encoder);
  if (!bags.empty()) words << QStringLiteral("--bags") << textOf(bags);
  return words;
}

QString TrainingPlan::title() const {
  return tr("%1 on %2, %3 folds")
      .arg(QString::fromStdString(question.recipe), textOf(question.cohort.filename()))
      .arg(question.folds.count);
}

std::filesystem::path curveOf(const std::filesystem::path& package) {
  return package.string() + kCurveEnd;
}

std::filesystem::path packageOf(const std::filesystem::path& curve) {
  const std::string name = curve.string();
  if (!name.ends_with(kCurveEnd)) return {};
  return name.substr(0, name.size() - std::string_view(kCurveEnd).size());
}

TrainingPlan withWholePaths(TrainingPlan plan) {
  const auto whole = [](std::filesystem::path& path) {
    if (path.empty()) return;
    path = std::filesystem::absolute(path).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
  };
  for (auto* path : {&plan.question.cohort, &plan.question.out, &plan.encoder, &plan.bags}) whole(*path);
  return plan;
}

Result<QString> describeTraining(const TrainingPlan& plan) {
  const Result<TrainingFacts> facts = checkTraining(plan.question);
  if (!facts) return tl::unexpected(facts.error());
  const auto encoder = plan.encoder.empty() ? openShippedModel() : openModelPackage(plan.encoder);
  if (!encoder) return tl::unexpected(encoder.error());
  QString text = tr("%1 with %2 to train on, %3")
                     .arg(counted(facts->cases, tr("case"), tr("cases")),
                          counted(facts->slides, tr("slide"), tr("slides")),
                          counted(facts->genes, tr("gene"), tr("genes")));
  if (facts->testCases > 0)
    text += tr("; %1 kept for tests").arg(counted(facts->testCases, tr("case is"), tr("cases are")));
  text += tr(". Tiles of %1 px at %2 µm/px by %3.")
              .arg(encoder->encoder.tile)
              .arg(encoder->encoder.mpp)
              .arg(QString::fromStdString(encoder->encoder.name));
  if (facts->goesOn) text += tr(" An earlier run of this name was stopped: it goes on from there.");
  return text;
}

}  // namespace geneglass
