// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/subtype/nearest_template.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace geneglass {
namespace {

/// The cosine of the values of R rows, which `value(row)` gives, with each template: their sum over its rows
/// by the lengths of both.
template <typename Value>
void cosines(const PlacedTemplates& templates, Value value, std::vector<double>& into) {
  std::ranges::fill(into, 0.0);
  double squares = 0;
  for (size_t row = 0; row < templates.ofClass.size(); ++row) {
    const double one = value(row);
    into[templates.ofClass[row]] += one;
    squares += one * one;
  }
  for (size_t each = 0; each < into.size(); ++each)
    into[each] /= std::sqrt(squares * double(templates.rows[each]));
}

}  // namespace

size_t nearestOf(std::span<const double> sums, const PlacedTemplates& templates) {
  size_t nearest = 0;
  const auto similarity = [&](size_t each) { return sums[each] / std::sqrt(double(templates.rows[each])); };
  for (size_t each = 1; each < sums.size(); ++each)
    if (similarity(each) > similarity(nearest)) nearest = each;
  return nearest;
}

NearestTemplate nearestTemplate(std::span<const double> z, const PlacedTemplates& templates, uint64_t seed) {
  NearestTemplate found;
  std::vector<double> similar(templates.rows.size());
  cosines(
      templates, [&](size_t row) { return z[templates.gene[row]]; }, similar);
  if (!std::isfinite(similar.front())) {
    found.distance.assign(similar.size(), std::numeric_limits<double>::quiet_NaN());
    return found;
  }
  for (const double one : similar) found.distance.push_back(std::sqrt(std::max(0.0, 1 - one) / 2));
  found.nearest = size_t(std::ranges::max_element(similar) - similar.begin());
  const double best = similar[found.nearest];
  std::mt19937_64 random(seed);
  double rank = 1;
  for (int draw = 0; draw < NearestTemplate::kDraws; ++draw) {
    cosines(
        templates, [&](size_t) { return z[random() % z.size()]; }, similar);
    const double drawn = *std::ranges::max_element(similar);
    rank += drawn > best ? 1 : drawn == best ? 0.5 : 0;
  }
  found.p = std::max(rank / (NearestTemplate::kDraws + 1), 1.0 / NearestTemplate::kDraws);
  return found;
}

}  // namespace geneglass
