// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

#include "inference/prediction/morans_i.h"
#include "inference/prediction/prediction.h"

namespace geneglass {

/// Two genes over the tiles of one slide; the second may be missing.
struct GenePair {
  struct Gene {
    int gene = -1;  ///< index into Prediction::genes; -1: none
    GeneMapPtr map;
    MoransI smoothness;
  };
  Gene first;
  Gene second;
  double r = 0;     ///< Pearson of the two over the tiles; NaN: not defined
  double dice = 0;  ///< of their hotspots; NaN: neither has any
};

/// Some 0.4 s a gene for 100,000 tiles. Errors: those of shownMap, stopped.
Result<GenePair> readPair(const Prediction& prediction, int first, int second, std::stop_token stop);

/// "FSCN1: Moran's I 0.61 (p 0.001 by 999 orders of blocks)..." in sentences.
std::string pairSentences(const Prediction& prediction, const GenePair& pair);

double pearsonOf(const std::vector<float>& a, const std::vector<float>& b);  ///< NaN where one is constant

}  // namespace geneglass
