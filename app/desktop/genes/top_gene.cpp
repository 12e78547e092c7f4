// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/top_gene.h"

namespace geneglass {

int topGene(const Prediction& prediction) {
  int best = -1;
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene) {
    const GenePrediction& facts = prediction.genes[gene];
    if (facts.wellPredicted && (best < 0 || facts.heldOutR > prediction.genes[size_t(best)].heldOutR))
      best = int(gene);
  }
  return best;
}

}  // namespace geneglass
