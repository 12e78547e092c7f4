// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Why a prediction's chosen gene may not be shown; the window says it in its language.
enum class NoGene { None, NoPrediction, NoGenes, NotChosen, NotPredictable };

/// `gene`: index into the prediction's genes; -1 for none.
inline NoGene whyNotShown(const Prediction* prediction, int gene) {
  if (!prediction) return NoGene::NoPrediction;
  if (prediction->genes.empty()) return NoGene::NoGenes;
  if (gene < 0 || static_cast<size_t>(gene) >= prediction->genes.size()) return NoGene::NotChosen;
  return prediction->genes[static_cast<size_t>(gene)].wellPredicted ? NoGene::None : NoGene::NotPredictable;
}

/// A prediction's chosen gene, if it may be shown: there is a prediction, a gene is chosen, and the model
/// predicts it well. Inline, since overlays do not link inference.
inline Result<const GenePrediction*> shownGene(const Prediction* prediction, int gene) {
  switch (whyNotShown(prediction, gene)) {
    case NoGene::NoPrediction:
      return fail("There is no prediction for this slide yet.");
    case NoGene::NoGenes:
      return fail("This model predicts no genes.");
    case NoGene::NotChosen:
      return fail("Choose a gene to see where it is expressed.");
    default:
      break;
  }
  const GenePrediction& chosen = prediction->genes[static_cast<size_t>(gene)];
  if (!chosen.wellPredicted)
    return fail(
        fmt::format("{} cannot be predicted by this model (held-out r {:.2f}, 95 % interval {:.2f} to "
                    "{:.2f}): it has no map.",
                    chosen.symbol, chosen.heldOutR, chosen.ciLow, chosen.ciHigh));
  return &chosen;
}

/// The chosen gene's map, which takes at most some milliseconds: what does not is computed before a scene
/// shows it. Errors: those of shownGene, the heads' trouble.
inline Result<GeneMapPtr> shownMap(const Prediction* prediction, int gene) {
  const Result<const GenePrediction*> shown = shownGene(prediction, gene);
  if (!shown) return tl::unexpected(shown.error());
  return prediction->maps.of(static_cast<size_t>(gene));
}

}  // namespace geneglass
