// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/prediction/template_call.h"
#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// Turns a score into a probability: 1 / (1 + exp(-(slope score + offset))).
struct ProbabilityScale {
  double slope = 1;
  double offset = 0;
  double probability(double score) const;
};

/// A class, and what telling it from the others is worth, on slides the judged model never saw.
struct ClassFacts {
  std::string name;
  double auc = 0;     ///< of its score against all other classes, over slides
  double aucLow = 0;  ///< 95 % interval by patient (learning/roc_curve.h)
  double aucHigh = 0;
  ProbabilityScale calibration{};  ///< of its score, fitted out of fold (Platt)
};

/// What a head tells apart: slides, or single tiles. All figures are of slides the judged model never saw.
struct CallFacts {
  std::string target = "tumour";  ///< the column of the cohort that was learnt
  /// Two or more. Of two the second is what is looked for: what 0 and 1 in the column stand for.
  std::vector<ClassFacts> classes{{.name = "normal"}, {.name = "tumour"}};
  double accuracy = 0;          ///< over slides; of two classes: of "the second from `threshold` on"
  double calibrationError = 0;  ///< expected, in ten bins; of more than two classes: their mean
  double threshold = 0.5;       ///< of the calibrated probability of the second of two classes
  int slides = 0;               ///< judged on
  int patients = 0;             ///< of whom they are
  bool synthetic = false;       ///< made slides, not tissue: said wherever an AUC is
  bool ofTiles = false;   ///< kinds of tissue, by an imported classifier of tiles: not judged here, so that
                          ///< names and statement are all that is known
  std::string statement;  ///< how it was trained and judged, for people

  const ClassFacts& positive() const { return classes.back(); }
  bool isDiagnosis() const { return classes.size() == 2 && !ofTiles; }
};

/// From which evidence on a tile belongs to the tumour region.
constexpr float kRegionEvidence = 0.5F;

/// What a model calls one slide of N tiles: tumour or normal, one of the CMS.
struct SlideCall {
  CallFacts facts;                    ///< of the model that says it: never shown without
  std::vector<double> scores;         ///< a class: its logit less the log of the sum of the others'
                                      ///< exponentials (of two, the difference); not calibrated; of tiles:
                                      ///< empty
  std::vector<double> probabilities;  ///< a class; calibrated, of sum 1; of tiles: the part of them that each
                                      ///< is the likeliest class of
  std::vector<float> evidence;        ///< N, the probability, 0 to 1, that the tile shows evidenceOf(), not
                                ///< calibrated: of two classes by the head's classifier of single tiles,
                                ///< of more what the head would say of such tiles alone
  std::vector<uint8_t> classOfTile;        ///< N where it is of tiles, else empty: the likeliest
  std::vector<std::vector<Point>> region;  ///< around the tiles with evidence above kRegionEvidence, rings in
                                           ///< level-0 pixels: outer rings and holes
  size_t regionTiles = 0;
  double regionMm2 = 0;
  /// Of tiles that are told apart by nearest template: what the slide as a whole is called.
  std::optional<TemplateCall> byTemplates = {};

  double probability() const { return probabilities.back(); }  ///< of the second of two classes
  size_t likeliest() const {                                   ///< class
    return size_t(std::ranges::max_element(probabilities) - probabilities.begin());
  }
  size_t evidenceOf() const { return facts.isDiagnosis() ? 1 : likeliest(); }
};

/// Fills the region of a call of two classes from its evidence: nothing says from which evidence on a tile is
/// of one of more. mpp: of level 0.
void findRegion(SlideCall& call, const TileGrid& grid, double mpp);

/// The likeliest first.
std::vector<size_t> classesByShare(const SlideCall& call);

/// "P(tumour) 0.93; held-out AUC 0.98 (95 % interval 0.95 to 1.00)", and where so ", on synthetic slides";
/// of more classes "CMS: CMS1 0.10, CMS2 0.71, CMS3 0.19; held-out AUC 0.910 (95 % interval 0.850 to 0.950),
/// ..., in their order"; of tiles "tissue: tumour 41 %, stroma 20 % of 615 tiles; not judged here", or where
/// it is by templates "; never tested".
std::string inWords(const SlideCall& call);

}  // namespace geneglass
