// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/pretrain_plan.h"

#include <QCoreApplication>

#include "app/desktop/training/training_plan.h"
#include "inference/learning/pretraining/pretrain_preparation.h"

namespace geneglass {
namespace {

constexpr int kWidestOfProcessors = 500;  ///< features

struct PretrainPlan {
  Q_DECLARE_TR_FUNCTIONS(PretrainPlan)
};

QString sourcesInWords(const std::vector<std::filesystem::path>& sources) {
  return sources.size() == 1 ? textOf(sources.front().filename())
                             : PretrainPlan::tr("%1 sources").arg(sources.size());
}

QString heldBy(size_t slides, size_t pictures) {
  const QString ofSlides = counted(slides, PretrainPlan::tr("slide"), PretrainPlan::tr("slides"));
  const QString ofPictures = counted(pictures, PretrainPlan::tr("picture"), PretrainPlan::tr("pictures"));
  if (pictures == 0) return ofSlides;
  return slides == 0 ? ofPictures : PretrainPlan::tr("%1 and %2").arg(ofSlides, ofPictures);
}

}  // namespace

TrainingJob jobOf(const PretrainRequest& request) {
  const Result<PretrainRecipe> recipe = pretrainRecipeNamed(request.recipe);
  TrainingJob job;
  job.arguments = callOf("pretrain", wordsOf(request));
  job.title = PretrainPlan::tr("Encoder by %1 on %2")
                  .arg(QString::fromStdString(request.recipe), sourcesInWords(request.sources));
  job.out = request.out;
  job.kind = TrainingJob::Kind::Encoder;
  job.goesOn = recipe && recipe->byContrast;
  return job;
}

Result<QString> describePretraining(const PretrainRequest& request, const std::stop_token& stop) {
  const Result<PreparedPretraining> prepared = preparePretraining(request, stop);
  if (!prepared) return tl::unexpected(prepared.error());
  const std::vector<std::filesystem::path> slides = prepared->slides();
  const EncoderFacts& encoder = prepared->encoder;
  QString text =
      PretrainPlan::tr("%1 to learn from, %2. The encoder: %3 features of a tile of %4 px at %5 µm/px.")
          .arg(heldBy(slides.size(), prepared->files.size() - slides.size()),
               counted(size_t(prepared->request.epochs), PretrainPlan::tr("epoch"),
                       PretrainPlan::tr("epochs")))
          .arg(encoder.width)
          .arg(encoder.tile)
          .arg(encoder.mpp);
  if (prepared->recipe.takesDays || encoder.width > kWidestOfProcessors)
    text += PretrainPlan::tr(" Without a GPU this takes days.");
  if (goesOn(*prepared))
    text += PretrainPlan::tr(" An earlier run of this name was stopped: it goes on from there.");
  return text;
}

}  // namespace geneglass
