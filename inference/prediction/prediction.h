// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "inference/prediction/gene_map.h"
#include "inference/prediction/gene_panel.h"
#include "inference/prediction/slide_call.h"
#include "inference/prediction/slide_domain.h"
#include "inference/prediction/slide_quality.h"
#include "inference/prediction/tile_grid.h"

namespace geneglass {

/// What the model says of one gene on this slide, and how far it is to be believed.
struct GenePrediction {
  std::string symbol;
  int group = -1;           ///< index into Prediction::panel.groups; -1: in none
  double value = 0;         ///< slide level, in the label's unit; not a number: not read yet
  double trainingMean = 0;  ///< Ybar, same unit
  double percentile = 0;    ///< of `value` among the model's out-of-fold predictions in training, 0..100; NaN
                            ///< where it is withheld
  double heldOutR = 0;
  double ciLow = 0;
  double ciHigh = 0;
  bool wellPredicted = false;
  /// Standard deviation of what the models of the training's folds say of this slide, same unit: how much
  /// `value` hangs on which cases were learnt from. Not its error: they may agree and all be wrong. NaN: the
  /// package keeps no such models, or not read yet.
  double spread = std::numeric_limits<double>::quiet_NaN();
  double baseline = 0;    ///< mean of the contributions = value - baseline, see slide_head.h
  int hotspots = 0;       ///< how many it has; none while tiles wait
  double hotspotMm2 = 0;  ///< their area together
};

/// Seconds of each step.
struct PredictionSeconds {
  double tissue = 0;
  double read = 0;
  double encode = 0;
  double aggregate = 0;
  double total = 0;
};

/// The outcome for one slide: plain, immutable once made, shared by every thread. G genes, N tiles.
struct Prediction {
  std::string slideFile;
  std::string slideHash;
  Size slideSize;  ///< level 0
  double mpp = 0;
  std::string modelName;
  std::string modelVersion;
  std::string modelStatement;  ///< shown wherever the prediction is
  std::string modelHash;
  std::string labelUnit;
  TileGrid grid;                        ///< its cells: the tiles that were computed
  std::vector<TileGrid::Cell> waiting;  ///< those still to come: values and maps are provisional, no hotspots
  GenePanel panel;                      ///< the model's: the groups of its genes
  std::vector<GenePrediction> genes;
  int foldModels = 0;            ///< of which `spread` tells; 0: none, or not read yet
  GeneMapSource maps;            ///< of a gene over the tiles, with its hotspots
  std::vector<SlideCall> calls;  ///< what the model calls the slide; without regions while tiles wait
  std::string precision;         ///< "float32" or "int8": what its features were computed in; empty: unknown
  int damagedTiles = 0;          ///< tiles of the grid left out since the file could not be read there
  std::optional<SlideQuality> quality;  ///< none: its features do not say
  PredictionSeconds seconds;
  std::optional<SlideDomain> domain;  ///< how its tissue compares with the training's; none: not known
  bool withheld = false;              ///< hotspots, calls and percentiles are left out, see withheld.h
};

/// Its first call of two classes, tumour or normal; null where there is none.
inline const SlideCall* diagnosisOf(const Prediction& prediction) {
  const auto found = std::ranges::find_if(prediction.calls, &CallFacts::isDiagnosis, &SlideCall::facts);
  return found == prediction.calls.end() ? nullptr : &*found;
}

}  // namespace geneglass
