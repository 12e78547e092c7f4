// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inference/prediction/diagnosis.h"
#include "inference/prediction/gene_panel.h"
#include "inference/prediction/tile_grid.h"
#include "viewer/foundation/matrix.h"

namespace geneglass {

/// What the model says of one gene on this slide, and how far it is to be believed.
struct GenePrediction {
  std::string symbol;
  Subtype subtype = Subtype::None;
  double value = 0;         ///< slide level, in the label's unit
  double trainingMean = 0;  ///< Ybar, same unit
  double percentile = 0;    ///< of `value` among the model's out-of-fold predictions in training, 0..100
  double heldOutR = 0;
  double ciLow = 0;
  double ciHigh = 0;
  bool wellPredicted = false;
  double baseline = 0;  ///< mean of the contributions = value - baseline, see slide_head.h
};

/// A connected region of at least 4 tiles whose contribution is in the slide's top 5 % and whose attention is
/// above uniform (methods.md section 3). Only well predicted genes have hotspots.
struct Hotspot {
  int gene = 0;  ///< index into Prediction::genes
  int rank = 1;  ///< 1 = largest area of its gene
  double areaMm2 = 0;
  double mean = 0;  ///< mean expression estimate over its tiles
  std::vector<TileGrid::Cell> cells;
  std::vector<std::vector<Point>> rings;  ///< outlines in level-0 pixels: the outer one first, then holes
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
  std::vector<GenePrediction> genes;
  Matrix attention;                         ///< G x N: A_i = N a_i, 1 = uniform
  Matrix expression;                        ///< G x N: E_i, label's unit
  Matrix contribution;                      ///< G x N: C_i
  std::vector<Hotspot> hotspots;            ///< by gene, then rank
  std::optional<SlideDiagnosis> diagnosis;  ///< none where the model has none; no region while tiles wait
  std::string precision;  ///< "float32" or "int8": what its features were computed in; empty: unknown
  int damagedTiles = 0;   ///< tiles of the grid left out since the file could not be read there
  PredictionSeconds seconds;
};

/// Hotspots of one gene: 8-connected, percentile(contribution) >= 95 and attention > 1, at least 4 tiles.
std::vector<Hotspot> findHotspots(const TileGrid& grid, std::span<const float> contribution,
                                  std::span<const float> attention, std::span<const float> expression,
                                  double mpp, int gene);

/// Share of values <= `value`, ties counted half, 0..100.
double percentileOf(std::span<const float> sorted, float value);

}  // namespace geneglass
