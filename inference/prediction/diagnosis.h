// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// Turns a score into a probability: 1 / (1 + exp(-(slope score + offset))).
struct ProbabilityScale {
  double slope = 1;
  double offset = 0;
  double probability(double score) const;
};

/// What a package's tumour/normal diagnosis is worth. All figures are of slides the judged model never saw.
struct DiagnosisFacts {
  std::string negative = "normal";  ///< what 0 and 1 in the label's column stand for
  std::string positive = "tumour";
  double auc = 0;     ///< over slides
  double aucLow = 0;  ///< 95 % interval by patient (learning/roc_curve.h)
  double aucHigh = 0;
  double accuracy = 0;           ///< of "positive from `threshold` on", over slides
  ProbabilityScale calibration;  ///< fitted out of fold (Platt)
  double calibrationError = 0;   ///< expected, in ten bins
  double threshold = 0.5;        ///< of the calibrated probability
  int slides = 0;                ///< judged on
  int patients = 0;              ///< of whom they are
  bool synthetic = false;        ///< made slides, not tissue: said wherever the AUC is
  std::string statement;         ///< how it was trained and judged, for people
};

/// From which evidence on a tile belongs to the tumour region.
constexpr float kRegionEvidence = 0.5F;

/// What the diagnosis says of one slide of N tiles.
struct SlideDiagnosis {
  DiagnosisFacts facts;         ///< of the model that says it: never shown without
  double score = 0;             ///< logit of tumour less that of normal, not calibrated
  double probability = 0;       ///< calibrated P(tumour)
  std::vector<float> evidence;  ///< N: the probability, 0 to 1, that the tile shows tumour, by the head's
                                ///< classifier of single tiles; not calibrated
  std::vector<std::vector<Point>> region;  ///< around the tiles with evidence above kRegionEvidence, rings in
                                           ///< level-0 pixels: outer rings and holes
  size_t regionTiles = 0;
  double regionMm2 = 0;
};

/// Fills the region of a diagnosis from its evidence. mpp: of level 0.
void findTumourRegion(SlideDiagnosis& diagnosis, const TileGrid& grid, double mpp);

/// "P(tumour) 0.93; held-out AUC 0.98 (95 % interval 0.95 to 1.00)", and where so ", on synthetic slides"
std::string inWords(const SlideDiagnosis& diagnosis);

}  // namespace geneglass
