// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/compare_regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "inference/learning/statistics/statistics.h"
#include "inference/prediction/withheld.h"
#include "inference/regions/region_sides.h"
#include "inference/regions/region_squares.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

Result<std::vector<size_t>> reliableGenes(const Prediction& prediction) {
  if (prediction.genes.empty())
    return cannotCompare(prediction, fmt::format("the model {} predicts no genes", prediction.modelName));
  if (!prediction.waiting.empty())
    return cannotCompare(prediction, fmt::format("its prediction is provisional, {} tiles are still to come",
                                                 prediction.waiting.size()));
  std::vector<size_t> reliable;
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene)
    if (prediction.genes[gene].wellPredicted) reliable.push_back(gene);
  if (reliable.empty())
    return cannotCompare(prediction, fmt::format("the model {} predicts none of its {} genes reliably",
                                                 prediction.modelName, prediction.genes.size()));
  return reliable;
}

/// Mean and squares about it of some tiles' values.
struct Spread {
  explicit Spread(std::vector<double> taken) : values(std::move(taken)), mean(meanOf(values)) {
    for (const double value : values) squares += (value - mean) * (value - mean);
  }
  std::vector<double> values;
  double mean;
  double squares = 0;
};

Spread spreadOver(const std::vector<float>& map, const std::vector<size_t>& tiles) {
  std::vector<double> values;
  for (const size_t tile : tiles) values.push_back(double(map[tile]));
  return Spread(std::move(values));
}

/// Of the tiles in a hotspot.
double hotspotShare(const std::vector<bool>& hot, const std::vector<size_t>& tiles) {
  return double(std::ranges::count_if(tiles, [&](size_t tile) { return hot[tile]; })) / double(tiles.size());
}

class RegionsCompared final {
 public:
  RegionsCompared(const Prediction& prediction, const RegionSides& sides, const CompareOptions& options)
      : m_prediction(prediction),
        m_sides(sides),
        m_random(options.seed),
        m_drawsA(prediction.grid, sides.a.tiles, RegionComparison::kSide, options.draws, m_random),
        m_drawsB(prediction.grid, sides.b.tiles, RegionComparison::kSide, options.draws, m_random) {}

  double squaresA() const { return m_drawsA.squares(); }
  double squaresB() const { return m_drawsB.squares(); }

  Result<RegionGene> compared(size_t number) const {
    const Result<GeneMapPtr> map = m_prediction.maps.of(number);
    if (!map) return tl::unexpected(map.error());
    RegionGene gene;
    gene.symbol = m_prediction.genes[number].symbol;
    gene.slide = m_prediction.genes[number].value;
    gene.heldOutR = m_prediction.genes[number].heldOutR;
    gene.ciLow = m_prediction.genes[number].ciLow;
    gene.ciHigh = m_prediction.genes[number].ciHigh;
    const Spread a = spreadOver((*map)->expression, m_sides.a.tiles);
    const Spread b = spreadOver((*map)->expression, m_sides.b.tiles);
    gene.meanA = a.mean;
    gene.meanB = b.mean;
    gene.difference = a.mean - b.mean;
    const double pooled =
        std::sqrt((a.squares + b.squares) / (double(a.values.size() + b.values.size()) - 2));
    if (pooled > 0) gene.effect = gene.difference / pooled;
    if (std::min(squaresA(), squaresB()) >= RegionComparison::kFewestSquares) addInterval(a, b, gene);
    if (!m_prediction.withheld) addHotspots(**map, gene);
    return gene;
  }

 private:
  void addInterval(const Spread& a, const Spread& b, RegionGene& gene) const {
    const MeanError errorA = m_drawsA.errorOfMean(a.values), errorB = m_drawsB.errorOfMean(b.values);
    const double varianceA = errorA.deviation * errorA.deviation,
                 varianceB = errorB.deviation * errorB.deviation, variance = varianceA + varianceB;
    if (!(variance > 0)) {  // every square says the same
      gene.low = gene.high = gene.difference;
      gene.p = gene.difference == 0 ? 1 : 0;
      return;
    }
    const boost::math::students_t student(
        variance * variance /
        (varianceA * varianceA / errorA.freedom + varianceB * varianceB / errorB.freedom));
    const double deviation = std::sqrt(variance);
    const double reach = boost::math::quantile(student, 0.975) * deviation;
    gene.low = gene.difference - reach;
    gene.high = gene.difference + reach;
    gene.p = 2 * boost::math::cdf(boost::math::complement(student, std::abs(gene.difference) / deviation));
  }

  void addHotspots(const GeneMap& map, RegionGene& gene) const {
    const std::vector<bool> hot = tilesWithin(m_prediction.grid, map.hotspots);
    gene.hotspotA = hotspotShare(hot, m_sides.a.tiles);
    gene.hotspotB = hotspotShare(hot, m_sides.b.tiles);
  }

  const Prediction& m_prediction;
  const RegionSides& m_sides;
  std::mt19937_64 m_random;
  const RegionDraws m_drawsA, m_drawsB;
};

/// Whose it is, and of what.
RegionComparison described(const Prediction& prediction) {
  RegionComparison comparison;
  comparison.slideFile = prediction.slideFile;
  comparison.slideHash = prediction.slideHash;
  comparison.modelName = prediction.modelName;
  comparison.modelVersion = prediction.modelVersion;
  comparison.modelHash = prediction.modelHash;
  comparison.labelUnit = prediction.labelUnit;
  comparison.outside = outsideSentence(prediction);
  comparison.withheld = prediction.withheld;
  return comparison;
}

void addQ(std::vector<RegionGene>& genes) {
  std::vector<double> p;
  for (const RegionGene& gene : genes) p.push_back(gene.p);
  const std::vector<double> q = benjaminiHochberg(p);
  for (size_t i = 0; i < genes.size(); ++i)
    if (!std::isnan(p[i])) genes[i].q = q[i];
}

}  // namespace

Result<RegionComparison> compareRegions(const Prediction& prediction, const Region& a,
                                        const std::optional<Region>& b, const CompareOptions& options,
                                        std::stop_token stop) {
  const Result<std::vector<size_t>> reliable = reliableGenes(prediction);
  if (!reliable) return tl::unexpected(reliable.error());
  const Result<RegionSides> sides = layRegions(prediction, a, b);
  if (!sides) return tl::unexpected(sides.error());
  const RegionsCompared compared(prediction, *sides, options);
  RegionComparison comparison = described(prediction);
  comparison.a = sides->a.facts;
  comparison.b = sides->b.facts;
  comparison.a.squares = compared.squaresA();
  comparison.b.squares = compared.squaresB();
  comparison.bIsRest = !b;
  comparison.sharedTiles = sides->shared;
  comparison.draws = options.draws;
  comparison.seed = options.seed;
  comparison.genes.resize(reliable->size());
  std::vector<std::optional<Error>> errors(reliable->size());
  const bool done =
      parallelFor(int64_t(reliable->size()), threadCount(options.threads), stop, [&](int64_t i) {
        Result<RegionGene> gene = compared.compared((*reliable)[size_t(i)]);
        if (gene)
          comparison.genes[size_t(i)] = std::move(*gene);
        else
          errors[size_t(i)] = gene.error();
      });
  if (!done) return cannotCompare(prediction, "it was cancelled");
  for (const auto& error : errors)
    if (error) return tl::unexpected(*error);
  const auto without = prediction.maps.valuesWithout(sides->a.drawn, *reliable, stop);
  if (stop.stop_requested()) return cannotCompare(prediction, "it was cancelled");
  if (!without) return tl::unexpected(without.error());
  for (size_t i = 0; i < without->size(); ++i) comparison.genes[i].withoutA = (*without)[i];
  addQ(comparison.genes);
  return comparison;
}

}  // namespace geneglass
