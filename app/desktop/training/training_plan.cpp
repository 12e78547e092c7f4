// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_plan.h"

#include <QCoreApplication>

#include "inference/learning/cohort/check_slides.h"
#include "inference/package/model_package.h"

namespace geneglass {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("TrainingPlan", text);
}

QString wordOf(LabelRule rule) {
  if (rule == LabelRule::Log2 || rule == LabelRule::FoldChangeLog2) return QStringLiteral("log2");
  if (rule == LabelRule::FoldChangeLog10) return QStringLiteral("log10");
  return rule == LabelRule::AsIs ? QStringLiteral("as-is") : QStringLiteral("checked");
}

class Words final {
 public:
  void add(const char* option, const QString& value) { m_all << QLatin1String(option) << value; }
  void add(const char* option, const std::filesystem::path& path) {
    if (!path.empty()) add(option, textOf(path));
  }
  const QStringList& all() const { return m_all; }

 private:
  QStringList m_all;
};

void addLabels(Words& words, const LabelSource& labels) {
  if (labels.isFoldChange()) {
    words.add("--fold-change", wordOf(labels.rule));
    words.add("--tumour", labels.tumour);
    words.add("--normal", labels.normal);
  } else {
    words.add("--labels", wordOf(labels.rule));
    words.add("--expression", labels.expression);
  }
  words.add("--panel", labels.panel);
}

void addHeads(Words& words, TrainingPlan::Heads heads, const std::string& recipe) {
  if (heads == TrainingPlan::Heads::OfRecipe) return;
  const Result<Recipe> row = recipeNamed(recipe, Task::Expression);
  if (row && row->heads.size() > 1) words.add("--head", QStringLiteral("gated"));
  if (heads == TrainingPlan::Heads::GatedExtremes) words.add("--pool", QStringLiteral("extremes"));
}

Result<ModelPackage> encoderOf(const TrainingPlan& plan) {
  return plan.encoder.empty() ? openShippedModel() : openModelPackage(plan.encoder);
}

QString learntFrom(const TrainingPlan& plan, const TrainingFacts& facts) {
  const QString cases = counted(facts.cases, tr("case"), tr("cases"));
  const QString slides = counted(facts.slides, tr("slide"), tr("slides"));
  if (plan.question.task == Task::Expression)
    return tr("%1 with %2 to train on, %3").arg(cases, slides, counted(facts.genes, tr("gene"), tr("genes")));
  return tr("%1 with %2 to train on, %3 of them %4")
      .arg(cases, slides)
      .arg(facts.positives)
      .arg(QString::fromStdString(plan.question.label));
}

}  // namespace

QString counted(size_t count, const QString& one, const QString& many) {
  return QStringLiteral("%1 %2").arg(count).arg(count == 1 ? one : many);
}

TrainingJob TrainingPlan::job() const {
  const bool diagnosis = question.task == Task::Diagnosis;
  Words words;
  words.add("--recipe", QString::fromStdString(question.recipe));
  words.add("--out", question.out);
  words.add("--folds", QString::number(question.folds.count));
  words.add("--fold-file", question.folds.file);
  words.add("--seed", QString::number(question.folds.seed));
  words.add("--threads", QString::number(threads));
  words.add("--bags", bags);
  if (diagnosis) {
    words.add("--task", QStringLiteral("diagnosis"));
    words.add("--label", QString::fromStdString(question.label));
  } else {
    addLabels(words, question.labels);
    addHeads(words, heads, question.recipe);
  }
  if (diagnosis && keepGenes) {
    words.add("--add-to", encoder.empty() ? shippedModelFolder() : encoder);
  } else {
    words.add("--encoder", encoder);
  }
  TrainingJob job;
  job.arguments = QStringList{QStringLiteral("train"), textOf(question.cohort)} + words.all();
  job.title =
      (diagnosis ? tr("Diagnosis by %1 on %2, %3") : tr("%1 on %2, %3"))
          .arg(QString::fromStdString(question.recipe), textOf(question.cohort.filename()),
               question.folds.file.empty() ? tr("%1 folds").arg(question.folds.count)
                                           : tr("folds of %1").arg(textOf(question.folds.file.filename())));
  job.out = question.out;
  job.kind = diagnosis ? TrainingJob::Kind::Diagnosis : TrainingJob::Kind::Expression;
  return job;
}

Result<QString> describeTraining(const TrainingPlan& plan, const std::stop_token& stop) {
  const Result<TrainingFacts> facts = checkTraining(plan.question);
  if (!facts) return tl::unexpected(facts.error());
  const Result<ModelPackage> encoder = encoderOf(plan);
  if (!encoder) return tl::unexpected(encoder.error());
  if (const Result<void> fits = checkBase(*encoder, plan.keepGenes); !fits)
    return tl::unexpected(fits.error());
  if (const Result<void> read = checkSlides(facts->slidesToRead, {}, stop); !read)
    return tl::unexpected(read.error());
  QString text = learntFrom(plan, *facts);
  if (facts->testCases > 0)
    text += tr("; %1 kept for tests").arg(counted(facts->testCases, tr("case is"), tr("cases are")));
  if (!plan.question.folds.file.empty()) text += tr("; %1 folds").arg(facts->folds);
  text += tr(". Tiles of %1 px at %2 µm/px by %3.")
              .arg(encoder->encoder.tile)
              .arg(encoder->encoder.mpp)
              .arg(QString::fromStdString(encoder->encoder.name));
  for (const std::string& note : facts->notes) text += QLatin1Char(' ') + QString::fromStdString(note);
  if (facts->goesOn) text += tr(" An earlier run of this name was stopped: it goes on from there.");
  return text;
}

}  // namespace geneglass
