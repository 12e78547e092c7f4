// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include "inference/features/spot_features.h"
#include "inference/learning/cohort/gene_names.h"
#include "inference/learning/spots/spot_lattice.h"
#include "inference/learning/statistics/block_bootstrap.h"
#include "inference/predict_slide.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

constexpr uint32_t kUnused = std::numeric_limits<uint32_t>::max();

/// A gene that both have.
struct CommonGene {
  size_t predicted = 0;  ///< index into the prediction's genes
  size_t column = 0;     ///< of the table
};

/// `notes` gets by which other names genes were found.
std::vector<CommonGene> genesOfBoth(const std::vector<std::string>& symbols, const SpotTable& table,
                                    std::vector<std::string>& notes) {
  const MatchedGenes matched = matchGenes(symbols, table.genes);
  notes = matched.notes;
  std::vector<CommonGene> common;
  for (size_t i = 0; i < symbols.size(); ++i)
    if (matched.places[i]) common.push_back({i, *matched.places[i]});
  return common;
}

std::vector<double> totalsOf(const SpotTable& table) {
  std::vector<double> totals;
  for (size_t spot = 0; spot < table.counts.spots(); ++spot) totals.push_back(table.counts.total(spot));
  return totals;
}

double medianAboveZero(const std::vector<double>& totals) {
  std::vector<double> counted;
  std::copy_if(totals.begin(), totals.end(), std::back_inserter(counted),
               [](double total) { return total > 0; });
  return median(std::move(counted));
}

bool isWithin(const Point& place, const Size& slide) {
  return place.x >= 0 && place.y >= 0 && place.x < double(slide.width) && place.y < double(slide.height);
}

/// Fills centres and both matrices with the spots that can be compared, and counts the others.
Result<void> gatherSpots(const SpotPrediction& of, const SpotTable& table,
                         const std::vector<CommonGene>& common, SpotComparison& comparison) {
  const Prediction& prediction = of.prediction;
  Matrix predicted(of.views.centres.size(), common.size());
  for (size_t gene = 0; gene < common.size(); ++gene) {
    const Result<GeneMapPtr> map = prediction.maps.of(common[gene].predicted);
    if (!map) return tl::unexpected(map.error());
    for (size_t view = 0; view < predicted.rows; ++view) predicted.at(view, gene) = (*map)->expression[view];
  }
  const std::vector<double> totals = totalsOf(table);
  const double usual = medianAboveZero(totals);
  std::vector<uint32_t> numbers(predicted.rows, kUnused);  // of the views that a compared spot has
  for (size_t spot = 0; spot < table.centres.size(); ++spot) {
    if (!isWithin(table.centres[spot], prediction.slideSize)) {
      ++comparison.withoutTile;
      continue;
    }
    if (!(totals[spot] > 0)) {
      ++comparison.withoutCounts;
      continue;
    }
    const uint32_t view = of.views.ofSpot[spot];
    if (numbers[view] == kUnused) {
      numbers[view] = uint32_t(comparison.views.centres.size());
      comparison.views.centres.push_back(of.views.centres[view]);
    }
    comparison.views.ofSpot.push_back(numbers[view]);
    comparison.centres.push_back(table.centres[spot]);
    for (size_t gene = 0; gene < common.size(); ++gene) {
      const double count = double(table.counts.at(spot, common[gene].column));
      comparison.measuredValues.values.push_back(float(std::log1p(count / totals[spot] * usual)));
      comparison.predictedValues.values.push_back(predicted.at(view, gene));
    }
  }
  for (Matrix* values : {&comparison.measuredValues, &comparison.predictedValues}) {
    values->rows = comparison.compared();
    values->columns = common.size();
  }
  return {};
}

std::vector<double> columnOf(const Matrix& values, size_t column) {
  std::vector<double> series;
  for (size_t row = 0; row < values.rows; ++row) series.push_back(double(values.at(row, column)));
  return series;
}

/// Mean over the genes that have a value.
double meanOfKnown(const std::vector<double>& values) {
  double sum = 0;
  int count = 0;
  for (const double value : values)
    if (!std::isnan(value)) sum += value, ++count;
  return count > 0 ? sum / count : kUndefined;
}

/// Of each view the spots where nothing was counted as one pair, then the others.
PlacedPairs pairsOf(const SpotViews& views, const std::vector<double>& predicted,
                    const std::vector<double>& measured) {
  PlacedPairs pairs;
  const auto add = [&](double x, double y, uint32_t view) {
    pairs.x.push_back(x);
    pairs.y.push_back(y);
    pairs.place.push_back(view);
    pairs.times.push_back(1);
  };
  std::vector<uint32_t> pairOfZeros(views.centres.size(), kUnused);
  for (size_t spot = 0; spot < measured.size(); ++spot) {
    const uint32_t view = views.ofSpot[spot];
    if (measured[spot] != 0) {
      add(predicted[spot], measured[spot], view);
    } else if (pairOfZeros[view] == kUnused) {
      pairOfZeros[view] = uint32_t(pairs.x.size());
      add(predicted[spot], 0, view);
    } else {
      ++pairs.times[pairOfZeros[view]];
    }
  }
  return pairs;
}

/// Fills one gene's score; gives its draws of Pearson's r.
std::vector<double> scoreGene(SpotScore& score, const BlockBootstrap& bootstrap, const SpotViews& views,
                              const std::vector<double>& predicted, const std::vector<double>& measured) {
  score.counted =
      size_t(std::count_if(measured.begin(), measured.end(), [](double value) { return value > 0; }));
  score.pearson = pearson(predicted, measured);
  score.spearman = spearman(predicted, measured);
  score.pearsonInterval = score.spearmanInterval = {kUndefined, kUndefined};
  const PlacedPairs pairs = views.areShared() ? pairsOf(views, predicted, measured) : PlacedPairs{};
  std::vector<double> draws =
      views.areShared() ? bootstrap.pearsonDraws(pairs) : bootstrap.pearsonDraws(predicted, measured);
  if (score.counted < kFewestCounted) return draws;
  score.pearsonInterval = bootstrap.interval(score.pearson, draws);
  score.spearmanInterval =
      bootstrap.interval(score.spearman, views.areShared() ? bootstrap.spearmanDraws(pairs)
                                                           : bootstrap.spearmanDraws(predicted, measured));
  return draws;
}

/// Unless it is stopped.
void scoreAll(SpotComparison& comparison, uint64_t seed, std::stop_token stop) {
  const BlockBootstrap bootstrap(comparison.views.centres, comparison.square, kSpotDraws, seed);
  const size_t genes = comparison.scores.size();
  std::vector<std::vector<double>> draws(genes);
  inOwnThreads(genes, 1, 0, [&](size_t, size_t gene, size_t) {
    if (stop.stop_requested()) return;
    draws[gene] =
        scoreGene(comparison.scores[gene], bootstrap, comparison.views,
                  columnOf(comparison.predictedValues, gene), columnOf(comparison.measuredValues, gene));
  });
  if (stop.stop_requested()) return;
  std::vector<double> known, means;
  for (const SpotScore& score : comparison.scores) known.push_back(score.pearson);
  comparison.meanPearson = meanOfKnown(known);
  for (size_t draw = 0; draw < size_t(kSpotDraws); ++draw) {
    std::vector<double> ofDraw;
    for (const std::vector<double>& ofGene : draws) ofDraw.push_back(ofGene[draw]);
    means.push_back(meanOfKnown(ofDraw));
  }
  comparison.meanPearsonInterval = bootstrap.interval(comparison.meanPearson, means);
}

}  // namespace

Result<std::vector<std::string>> commonGenes(const std::vector<std::string>& symbols,
                                             const SpotTable& table) {
  std::vector<std::string> common;
  std::vector<std::string> notes;
  for (const CommonGene& gene : genesOfBoth(symbols, table, notes)) common.push_back(symbols[gene.predicted]);
  if (!common.empty()) return common;
  const auto firstOf = [](const std::vector<std::string>& names) {
    return names.empty() ? "none" : names[0];
  };
  return fail(fmt::format(
      "Cannot use the spots in '{}': of its {} genes (the first is {}) none is one of the model's {} (the "
      "first is {}).",
      table.file.string(), table.genes.size(), firstOf(table.genes), symbols.size(), firstOf(symbols)));
}

Result<void> lieOn(const SpotTable& table, const Slide& slide) {
  const auto outside = std::ranges::count_if(
      table.centres, [&](const Point& centre) { return !isWithin(centre, slide.size()); });
  if (2 * size_t(outside) <= table.centres.size()) return {};
  return fail(fmt::format(
      "Cannot use the spots in '{}': {} of {} lie outside '{}', which is {} x {} pixels; are their places in "
      "level-0 pixels of this slide?",
      table.file.string(), outside, table.centres.size(), slide.file.filename().string(), slide.size().width,
      slide.size().height));
}

Result<SpotPrediction> predictSpots(const OpenedSlide& opened, const SpotTable& table,
                                    const LoadedModel& model, int threads, std::stop_token stop,
                                    const OnProgress& progress) {
  if (!opened.slide->mpp) return tl::unexpected(unknownMpp(*opened.slide));
  const EncoderFacts& encoder = model.package().encoder;
  SpotViews views = viewsOf(table.centres, encoder.tile * encoder.mpp / opened.slide->mpp->mean());
  Result<FeatureBag> bag = spotBag(opened, views.centres, model.encoder(), threads, stop, progress);
  if (!bag) return tl::unexpected(bag.error());
  Result<Prediction> prediction = predictBag(*opened.slide, std::move(*bag), model, stop);
  if (!prediction) return tl::unexpected(prediction.error());
  return SpotPrediction{std::move(*prediction), std::move(views)};
}

Result<SpotComparison> compareSpots(const SpotPrediction& predicted, const SpotTable& table, uint64_t seed,
                                    std::stop_token stop) {
  const Prediction& prediction = predicted.prediction;
  std::vector<std::string> symbols;
  for (const GenePrediction& gene : prediction.genes) symbols.push_back(gene.symbol);
  if (const auto common = commonGenes(symbols, table); !common) return tl::unexpected(common.error());
  SpotComparison comparison;
  comparison.file = table.file;
  comparison.listed = table.listed;
  comparison.withoutPlace = table.withoutPlace;
  comparison.measured = table.centres.size();
  comparison.diameter = table.diameter;
  comparison.pitch = spotPitch(table.centres);
  if (!(comparison.pitch > 0) || !(comparison.diameter > 0))
    return fail(fmt::format("Cannot use the spots in '{}': they lie on each other.", table.file.string()));
  const std::vector<CommonGene> genes = genesOfBoth(symbols, table, comparison.notes);
  if (const auto gathered = gatherSpots(predicted, table, genes, comparison); !gathered)
    return tl::unexpected(gathered.error());
  if (comparison.compared() < 3)
    return fail(fmt::format(
        "Cannot compare '{}' with the spots in '{}': {} of {} lie on the slide and have counts; are "
        "their places in level-0 pixels of this slide?",
        prediction.slideFile, table.file.string(), comparison.compared(), comparison.measured));
  comparison.square = kSquareInPitches * comparison.pitch;
  if (comparison.views.areShared())
    comparison.square = std::max(comparison.square, double(prediction.grid.tile));
  for (const CommonGene& gene : genes)
    comparison.scores.emplace_back().gene = prediction.genes[gene.predicted];
  scoreAll(comparison, seed, stop);
  if (stop.stop_requested())
    return fail(fmt::format("The comparison with the spots in '{}' was cancelled.", table.file.string()));
  return comparison;
}

}  // namespace geneglass
