// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/reason.h"

#include <QObject>

#include "inference/prediction/shown_gene.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

static QString noPrediction() {
  return QObject::tr("There is no prediction for this slide yet.");
}

static QString notPredictable(const GenePrediction& gene) {
  return QObject::tr(
             "%1 cannot be predicted by this model (held-out r %2, 95 % interval %3 to %4): it has no map.")
      .arg(QString::fromStdString(gene.symbol), numberText(gene.heldOutR, 2), numberText(gene.ciLow, 2),
           numberText(gene.ciHigh, 2));
}

Result<void> mayShowGene(const Prediction* prediction, int gene) {
  switch (whyNotShown(prediction, gene)) {
    case NoGene::NoPrediction:
      return refuse(noPrediction());
    case NoGene::NoGenes:
      return refuse(QObject::tr("This model predicts no genes."));
    case NoGene::NotChosen:
      return refuse(QObject::tr("Choose a gene to see where it is expressed."));
    case NoGene::NotPredictable:
      return refuse(notPredictable(prediction->genes[size_t(gene)]));
    case NoGene::None:
      break;
  }
  return {};
}

Result<GeneMapPtr> mapToShow(const Prediction* prediction, int gene) {
  if (const Result<void> may = mayShowGene(prediction, gene); !may) return tl::unexpected(may.error());
  return prediction->maps.of(size_t(gene));
}

Result<void> mayShowPrediction(const OverlayScene& scene) {
  if (!scene.prediction) return refuse(noPrediction());
  return {};
}

Result<void> mayShowCalls(const OverlayScene& scene) {
  if (const Result<void> may = mayShowPrediction(scene); !may) return may;
  if (scene.prediction->withheld)
    return refuse(QObject::tr("It is withheld: this tissue is unlike what the model learnt from."));
  return {};
}

}  // namespace geneglass
