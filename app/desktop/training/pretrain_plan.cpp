// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/pretrain_plan.h"

#include "app/desktop/training/training_plan.h"

namespace geneglass {
namespace {

QString sourcesInWords(const std::vector<std::filesystem::path>& sources) {
  return sources.size() == 1 ? textOf(sources.front().filename())
                             : PretrainPlan::tr("%1 sources").arg(sources.size());
}

QString heldBy(const PretrainingFacts& facts) {
  const QString slides = counted(facts.slides, PretrainPlan::tr("slide"), PretrainPlan::tr("slides"));
  const QString pictures = counted(facts.pictures, PretrainPlan::tr("picture"), PretrainPlan::tr("pictures"));
  if (facts.pictures == 0) return slides;
  return facts.slides == 0 ? pictures : PretrainPlan::tr("%1 and %2").arg(slides, pictures);
}

}  // namespace

TrainingJob PretrainPlan::job() const {
  TrainingJob job;
  QStringList& words = job.arguments;
  words << QStringLiteral("pretrain");
  for (const std::filesystem::path& source : options.sources) words << textOf(source);
  const auto add = [&](const char* option, const QString& value) { words << QLatin1String(option) << value; };
  const bool contrast = options.recipe != "composition";
  add("--recipe", QString::fromStdString(options.recipe));
  add("--out", textOf(options.out));
  add("--seed", QString::number(options.seed));
  add("--threads", QString::number(options.threads));
  if (options.epochs > 0) add("--epochs", QString::number(options.epochs));
  if (contrast && !options.encoder.empty()) add("--encoder", QString::fromStdString(options.encoder));
  if (contrast && !options.start.empty()) add("--start", textOf(options.start));
  if (contrast && options.mpp) add("--mpp", QString::number(*options.mpp));
  job.title = PretrainPlan::tr("Encoder by %1 on %2")
                  .arg(QString::fromStdString(options.recipe), sourcesInWords(options.sources));
  job.out = options.out;
  job.kind = TrainingJob::Kind::Encoder;
  job.goesOn = contrast;
  return job;
}

Result<QString> describePretraining(const PretrainPlan& plan, const std::stop_token& stop) {
  const Result<PretrainingFacts> facts = checkPretraining(plan.options, stop);
  if (!facts) return tl::unexpected(facts.error());
  QString text =
      PretrainPlan::tr("%1 to learn from, %2. The encoder: %3 features of a tile of %4 px at %5 µm/px.")
          .arg(heldBy(*facts),
               counted(size_t(facts->epochs), PretrainPlan::tr("epoch"), PretrainPlan::tr("epochs")))
          .arg(facts->encoder.width)
          .arg(facts->encoder.tile)
          .arg(facts->encoder.mpp);
  if (plan.options.recipe == "histcode2022" || facts->encoder.width > 500)
    text += PretrainPlan::tr(" Without a GPU this takes days.");
  if (facts->goesOn)
    text += PretrainPlan::tr(" An earlier run of this name was stopped: it goes on from there.");
  return text;
}

}  // namespace geneglass
