// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace geneglass {
namespace {

/// Splits [first, last) across the longer side of its places until each piece holds at most `spots`.
void cut(std::span<const Point> places, SpotGroup::iterator first, SpotGroup::iterator last, size_t spots,
         std::vector<SpotGroup>& regions) {
  const auto count = size_t(last - first);
  if (count <= spots) {
    regions.emplace_back(first, last);
    std::ranges::sort(regions.back());
    return;
  }
  const auto [left, right] =
      std::minmax_element(first, last, [&](size_t a, size_t b) { return places[a].x < places[b].x; });
  const auto [top, bottom] =
      std::minmax_element(first, last, [&](size_t a, size_t b) { return places[a].y < places[b].y; });
  const bool wide = places[*right].x - places[*left].x >= places[*bottom].y - places[*top].y;
  std::stable_sort(first, last, [&](size_t a, size_t b) {
    return wide ? places[a].x < places[b].x : places[a].y < places[b].y;
  });
  const size_t pieces = (count + spots - 1) / spots;
  const auto middle = first + SpotGroup::difference_type(count * (pieces / 2) / pieces);
  cut(places, first, middle, spots, regions);
  cut(places, middle, last, spots, regions);
}

}  // namespace

std::vector<std::string> mostExpressedGenes(std::span<const SpotTable* const> tables, size_t count,
                                            const std::vector<std::string>& without) {
  struct Found {
    size_t tables = 0;
    double count = 0;
  };
  std::map<std::string, Found> found;
  for (const SpotTable* table : tables) {
    const std::vector<double> counts = table->counts.totalsOfGenes();
    for (size_t gene = 0; gene < counts.size(); ++gene) {
      Found& one = found[table->genes[gene]];
      ++one.tables;
      one.count += counts[gene];
    }
  }
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto& [symbol, one] : found) {
    const bool left = std::ranges::any_of(
        without, [&, &name = symbol](const std::string& prefix) { return name.starts_with(prefix); });
    if (one.tables == tables.size() && !left) ranked.emplace_back(-one.count, symbol);
  }
  std::ranges::sort(ranked);
  ranked.resize(std::min(count, ranked.size()));
  std::vector<std::string> genes;
  for (const auto& one : ranked) genes.push_back(one.second);
  return genes;
}

Result<Matrix> pseudoBulk(const SpotTable& table, const std::vector<std::string>& genes,
                          std::span<const SpotGroup> groups) {
  std::vector<size_t> columns;
  for (const std::string& gene : genes) {
    const auto found = std::ranges::find(table.genes, gene);
    if (found == table.genes.end())
      return fail(
          fmt::format("Cannot use the spots in '{}': they have no gene {}.", table.file.string(), gene));
    columns.push_back(size_t(found - table.genes.begin()));
  }
  Matrix labels(groups.size(), genes.size(), std::numeric_limits<float>::quiet_NaN());
  for (size_t group = 0; group < groups.size(); ++group) {
    std::vector<double> counts(genes.size(), 0);
    double total = 0;
    for (const size_t spot : groups[group]) {
      total += table.counts.total(spot);
      for (size_t gene = 0; gene < genes.size(); ++gene)
        counts[gene] += double(table.counts.at(spot, columns[gene]));
    }
    if (total > 0)
      for (size_t gene = 0; gene < genes.size(); ++gene)
        labels.at(group, gene) = float(std::log1p(10000 * counts[gene] / total));
  }
  return labels;
}

std::vector<SpotGroup> singleSpots(const SpotTable& table) {
  std::vector<SpotGroup> groups;
  for (size_t spot = 0; spot < table.names.size(); ++spot) groups.push_back({spot});
  return groups;
}

std::vector<SpotGroup> cutRegions(std::span<const Point> centres, size_t spots, double turn) {
  std::vector<Point> turned;
  for (const Point& one : centres)
    turned.push_back(
        {one.x * std::cos(turn) - one.y * std::sin(turn), one.x * std::sin(turn) + one.y * std::cos(turn)});
  SpotGroup all(centres.size());
  std::iota(all.begin(), all.end(), size_t{0});
  std::vector<SpotGroup> regions;
  if (!all.empty()) cut(turned, all.begin(), all.end(), std::max<size_t>(1, spots), regions);
  return regions;
}

}  // namespace geneglass
