// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/pretrain_plan.h"

#include <QCoreApplication>

#include "app/desktop/training/training_plan.h"

namespace geneglass {
namespace {

QString said(const char* text) {
  return QCoreApplication::translate("PretrainPlan", text);
}

QString sourcesInWords(const std::vector<std::filesystem::path>& sources) {
  return sources.size() == 1 ? textOf(sources.front().filename()) : said("%1 sources").arg(sources.size());
}

QString heldBy(const PretrainingFacts& facts) {
  const QString slides = counted(facts.slides, said("slide"), said("slides"));
  const QString pictures = counted(facts.pictures, said("picture"), said("pictures"));
  if (facts.pictures == 0) return slides;
  return facts.slides == 0 ? pictures : said("%1 and %2").arg(slides, pictures);
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
  job.title = said("Encoder by %1 on %2")
                  .arg(QString::fromStdString(options.recipe), sourcesInWords(options.sources));
  job.out = options.out;
  job.kind = TrainingJob::Kind::Encoder;
  job.goesOn = contrast;
  return job;
}

Result<QString> describePretraining(const PretrainPlan& plan, const std::stop_token& stop) {
  const Result<PretrainingFacts> facts = checkPretraining(plan.options, stop);
  if (!facts) return tl::unexpected(facts.error());
  QString text = said("%1 to learn from, %2. The encoder: %3 features of a tile of %4 px at %5 µm/px.")
                     .arg(heldBy(*facts), counted(size_t(facts->epochs), said("epoch"), said("epochs")))
                     .arg(facts->encoder.width)
                     .arg(facts->encoder.tile)
                     .arg(facts->encoder.mpp);
  if (plan.options.recipe == "histcode2022" || facts->encoder.width > 500)
    text += said(" Without a GPU this takes days.");
  if (facts->goesOn) text += said(" An earlier run of this name was stopped: it goes on from there.");
  return text;
}

}  // namespace geneglass
