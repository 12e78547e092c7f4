// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_plan.h"

#include <QCoreApplication>

#include "inference/learning/packages/training_preparation.h"

namespace geneglass {
namespace {

struct TrainingPlan {
  Q_DECLARE_TR_FUNCTIONS(TrainingPlan)
};

QString learntFrom(const TrainingRequest& request, const TrainingFacts& facts) {
  const QString cases = counted(facts.cases, TrainingPlan::tr("case"), TrainingPlan::tr("cases"));
  const QString slides = counted(facts.slides, TrainingPlan::tr("slide"), TrainingPlan::tr("slides"));
  if (request.task == Task::Expression)
    return TrainingPlan::tr("%1 with %2 to train on, %3")
        .arg(cases, slides, counted(facts.genes, TrainingPlan::tr("gene"), TrainingPlan::tr("genes")));
  if (facts.classes > 2)
    return TrainingPlan::tr("%1 with %2 to train on, of %3 classes of %4")
        .arg(cases, slides)
        .arg(facts.classes)
        .arg(QString::fromStdString(request.label));
  return TrainingPlan::tr("%1 with %2 to train on, %3 of them %4")
      .arg(cases, slides)
      .arg(facts.positives)
      .arg(QString::fromStdString(facts.positive));
}

}  // namespace

QString counted(size_t count, const QString& one, const QString& many) {
  return QStringLiteral("%1 %2").arg(count).arg(count == 1 ? one : many);
}

TrainingJob jobOf(const TrainingRequest& request) {
  const TrainOptions& options = request.options;
  const bool diagnosis = request.task == Task::Diagnosis;
  TrainingJob job;
  job.arguments = callOf("train", wordsOf(request));
  job.title = (diagnosis ? TrainingPlan::tr("Diagnosis by %1 on %2, %3") : TrainingPlan::tr("%1 on %2, %3"))
                  .arg(QString::fromStdString(options.recipe), textOf(request.cohort.filename()),
                       options.foldFile.empty()
                           ? TrainingPlan::tr("%1 folds").arg(options.folds)
                           : TrainingPlan::tr("folds of %1").arg(textOf(options.foldFile.filename())));
  job.out = options.out;
  job.kind = diagnosis ? TrainingJob::Kind::Diagnosis : TrainingJob::Kind::Expression;
  return job;
}

Result<QString> describeTraining(const TrainingRequest& request, const std::stop_token& stop) {
  const Result<PreparedTraining> prepared = prepareTraining(request, stop);
  if (!prepared) return tl::unexpected(prepared.error());
  const TrainingFacts facts = factsOf(*prepared);
  QString text = learntFrom(request, facts);
  if (facts.testCases > 0)
    text += TrainingPlan::tr("; %1 kept for tests")
                .arg(counted(facts.testCases, TrainingPlan::tr("case is"), TrainingPlan::tr("cases are")));
  if (!request.options.foldFile.empty()) text += TrainingPlan::tr("; %1 folds").arg(facts.folds);
  const EncoderFacts& encoder = prepared->encoder.encoder;
  text += TrainingPlan::tr(". Tiles of %1 px at %2 µm/px by %3.")
              .arg(encoder.tile)
              .arg(encoder.mpp)
              .arg(QString::fromStdString(encoder.name));
  for (const std::string& note : prepared->notes) text += QLatin1Char(' ') + QString::fromStdString(note);
  if (facts.goesOn)
    text += TrainingPlan::tr(" An earlier run of this name was stopped: it goes on from there.");
  return text;
}

}  // namespace geneglass
