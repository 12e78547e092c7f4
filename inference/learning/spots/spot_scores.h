// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/counts/spot_table.h"
#include "inference/learning/spots/spot_views.h"
#include "inference/learning/statistics/statistics.h"
#include "inference/loaded_model.h"
#include "inference/prediction/prediction.h"
#include "viewer/foundation/progress.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// How well one gene's expression map agrees with what was measured, over the spots compared. NaN = not
/// defined: a series is constant.
struct SpotScore {
  GenePrediction gene;  ///< with its held-out r, interval and whether it is well predicted
  size_t counted = 0;   ///< spots compared where it was counted at all
  double pearson = 0;
  Interval pearsonInterval;  ///< 95 %, spatial block bootstrap; see kFewestCounted
  double spearman = 0;
  Interval spearmanInterval;
};

/// A predicted map beside measured spots. S spots compared, G genes that package and table both have, in the
/// package's order.
struct SpotComparison {
  std::filesystem::path file;      ///< of the counts
  size_t listed = 0;               ///< spots of the table of counts
  size_t withoutPlace = 0;         ///< of them, those whose place is nowhere said: left out
  size_t measured = 0;             ///< spots of the table
  size_t withoutTile = 0;          ///< of them, those whose centre is not on the slide: left out
  size_t withoutCounts = 0;        ///< of the others, those where nothing was counted: left out
  double diameter = 0;             ///< of a spot, level-0 pixels
  double pitch = 0;                ///< from spot to spot, level-0 pixels
  std::vector<std::string> notes;  ///< by which other names genes were found
  double square = 0;               ///< side of the bootstrap's, level-0 pixels
  std::vector<Point> centres;      ///< S, level-0 pixels
  SpotViews views;                 ///< of the S spots; where they are shared, a tile of several spots
  std::vector<SpotScore> scores;   ///< G
  Matrix measuredValues;           ///< S x G: log(1 + count / spot's total * median total of the spots)
  Matrix predictedValues;          ///< S x G: E of the spot's view, label's unit
  double meanPearson = 0;          ///< over the genes where it is defined
  Interval meanPearsonInterval;    ///< of this mean, over the same draws

  size_t compared() const { return centres.size(); }
};

/// Side of the bootstrap's squares, in pitches, and its draws. On series without any relation, 300 pairs each
/// on the 187 places of a real section, the interval held 0 in 96 % where each spot was independent, 93 %
/// where neighbours resembled each other (Gaussian, 1 pitch) and 82 % for 2 pitches; a bootstrap spot by spot
/// did in 94, 77 and 44 %.
constexpr double kSquareInPitches = 5;
constexpr int kSpotDraws = 2000;
constexpr uint64_t kSpotSeed = 1;  ///< of the intervals that are shown to people
/// Where spots share looks, a square is at least as wide as the model's tile: what one tile said of several
/// spots is drawn together.
/// A gene counted in fewer spots has no intervals: there they held 0 in 80 to 85 % only.
constexpr size_t kFewestCounted = 10;

/// Those of the model's symbols that the table has too, itself or by another name (gene_names.h), in the
/// model's order. Error: none.
Result<std::vector<std::string>> commonGenes(const std::vector<std::string>& symbols, const SpotTable& table);

/// Error: more than half of the spots lie beyond the slide's edges, so their places are hardly level-0 pixels
/// of this slide. Fewer are left out and counted by compareSpots().
Result<void> lieOn(const SpotTable& table, const Slide& slide);

/// What a model says of spots.
struct SpotPrediction {
  Prediction prediction;  ///< its tiles are the views, in their order
  SpotViews views;
};

/// What the model says of each spot of a table, its tiles centred on it or on the spots that share it; its
/// slide-level values are those of all tiles together. Errors: spotBag()'s, predictBag()'s.
Result<SpotPrediction> predictSpots(const OpenedSlide& opened, const SpotTable& table,
                                    const LoadedModel& model, int threads, std::stop_token stop,
                                    const OnProgress& progress);

/// Compares the expression estimate E (not attention, not contribution) of predictSpots() with the counts,
/// gene by gene. Same seed, same intervals. Errors: no gene in common, spots on each other, fewer than 3 that
/// can be compared, cancelled.
Result<SpotComparison> compareSpots(const SpotPrediction& predicted, const SpotTable& table, uint64_t seed,
                                    std::stop_token stop = {});

}  // namespace geneglass
