// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "overlays/overlay_plugin.h"

namespace geneglass {

/// Why there is nothing to draw, in the window's language.
inline auto refuse(const QString& sentence) {
  return fail(sentence.toStdString());
}

/// That there is a prediction, and a gene chosen that the model predicts well; the errors are those of
/// shownGene() in the window's language.
Result<void> mayShowGene(const Prediction* prediction, int gene);

/// The gene's map, see shownMap(); errors are those of mayShowGene(), the heads' trouble.
Result<GeneMapPtr> mapToShow(const Prediction* prediction, int gene);

Result<void> mayShowPrediction(const OverlayScene& scene);  ///< that there is one

/// That there is a prediction, and that its calls are not withheld.
Result<void> mayShowCalls(const OverlayScene& scene);

}  // namespace geneglass
