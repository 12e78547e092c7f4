// SPDX-License-Identifier: GPL-3.0-or-later
// How often the intervals of compareRegions() hold 0 for genes that are the same in both regions, and how
// often it finds planted ones, by how far tiles resemble their neighbours. Beside it the same from squares of
// 5 x 5 tiles alone, without what larger squares add.
//   bench_region_coverage [SECTIONS 10] [GENES 200] [FEWEST_SHARE 0.1] [MOST_SHARE 0.4]
#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "inference/regions/compare_regions.h"
#include "inference/regions/region_squares.h"
#include "tests/inference/regions/null_fields.h"

namespace geneglass {
namespace {

struct Counts {
  int nulls = 0, held = 0, plainHeld = 0, falseFound = 0, planted = 0, found = 0;
  double squares = 0;
};

/// By squares of one side alone.
bool plainHoldsZero(const std::vector<double>& a, const std::vector<double>& b, const RegionSquares& ofA,
                    const RegionSquares& ofB, double difference) {
  const double sa = ofA.deviationOfMean(a), sb = ofB.deviationOfMean(b), va = sa * sa, vb = sb * sb;
  const double freedom =
      (va + vb) * (va + vb) / (va * va / (ofA.squares() - 1) + vb * vb / (ofB.squares() - 1));
  const double t = boost::math::quantile(boost::math::students_t(freedom), 0.975);
  return std::abs(difference) <= t * std::sqrt(va + vb);
}

void countSection(double share, int genes, const testing::Reaches& reaches, std::mt19937_64& random,
                  Counts& counts) {
  testing::NullSection section = testing::madeSection(share, random);
  const int planted = genes / 10;
  testing::addGenes(section, genes, planted, 0.8, reaches, random);
  const auto made = compareRegions(section.prediction, section.region, {}, {}, {});
  if (!made) std::abort();
  const TileGrid& grid = section.prediction.grid;
  const std::vector<bool> within = placesWithin(grid, section.region.area);
  std::vector<size_t> tilesA, tilesB;
  for (size_t tile = 0; tile < grid.count(); ++tile) {
    const TileGrid::Cell& cell = grid.cells[tile];
    (within[size_t(cell.row * grid.columns + cell.column)] ? tilesA : tilesB).push_back(tile);
  }
  std::mt19937_64 draws(20);
  const RegionSquares ofA(grid, tilesA, 5, 2000, draws), ofB(grid, tilesB, 5, 2000, draws);
  counts.squares += made->a.squares;
  for (size_t i = 0; i < made->genes.size(); ++i) {
    const RegionGene& gene = made->genes[i];
    const bool holds = gene.low <= 0 && gene.high >= 0;
    if (i >= size_t(genes)) {
      ++counts.planted;
      counts.found += gene.q < 0.05 && gene.difference > 0;
      continue;
    }
    ++counts.nulls;
    counts.held += holds;
    counts.falseFound += gene.q < 0.05;
    const GeneMapPtr map = *section.prediction.maps.of(i);
    std::vector<double> a, b;
    for (const size_t tile : tilesA) a.push_back(double(map->expression[tile]));
    for (const size_t tile : tilesB) b.push_back(double(map->expression[tile]));
    counts.plainHeld += plainHoldsZero(a, b, ofA, ofB, gene.difference);
  }
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  using namespace geneglass;
  const auto word = [&](int i, double usual) { return count > i ? std::atof(words[i]) : usual; };
  const int fields = int(word(1, 10)), genes = int(word(2, 200));
  const double fewest = word(3, 0.1), most = word(4, 0.4);
  fmt::print(
      "reach         null genes  hold 0  5 x 5 alone  planted found  nulls with q < 0.05  squares of A\n");
  std::vector<std::pair<std::string, testing::Reaches>> kinds{{"as real maps", testing::realReaches()}};
  for (const double reach : {0.0, 0.7, 1.0, 1.5, 2.0, 3.0})
    kinds.push_back({fmt::format("{:.1f}", reach), {{1.0, reach}}});
  for (const auto& [name, reaches] : kinds) {
    std::mt19937_64 random(100);
    Counts counts;
    for (int field = 0; field < fields; ++field)
      countSection(fewest + (most - fewest) * (field + 0.5) / fields, genes, reaches, random, counts);
    fmt::print("{:12}  {:10}  {:5.1f} %  {:9.1f} %  {:11.1f} %  {:17.2f} %  {:12.1f}\n", name, counts.nulls,
               100.0 * counts.held / counts.nulls, 100.0 * counts.plainHeld / counts.nulls,
               100.0 * counts.found / counts.planted, 100.0 * counts.falseFound / counts.nulls,
               counts.squares / fields);
    std::fflush(stdout);
  }
}
