// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_views.h"

#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace geneglass {

constexpr double kLooksATile = 4;         ///< along its side
constexpr size_t kFewestSpotsShared = 4;  ///< a look, on average

SpotViews viewsOfEach(std::span<const Point> spots) {
  SpotViews views{{spots.begin(), spots.end()}, std::vector<uint32_t>(spots.size())};
  std::iota(views.ofSpot.begin(), views.ofSpot.end(), 0U);
  return views;
}

SpotViews viewsOf(std::span<const Point> spots, double tile) {
  const double step = tile / kLooksATile;
  std::map<std::pair<double, double>, uint32_t> numbers;
  SpotViews views;
  std::vector<double> counts;
  for (const Point& spot : spots) {
    const std::pair cell(std::floor(spot.x / step), std::floor(spot.y / step));
    const uint32_t view = numbers.emplace(cell, uint32_t(counts.size())).first->second;
    if (view == counts.size()) counts.push_back(0), views.centres.emplace_back();
    views.ofSpot.push_back(view);
    ++counts[view];
    views.centres[view].x += spot.x;
    views.centres[view].y += spot.y;
  }
  if (counts.size() * kFewestSpotsShared > spots.size()) return viewsOfEach(spots);
  for (size_t view = 0; view < counts.size(); ++view)
    views.centres[view] = {views.centres[view].x / counts[view], views.centres[view].y / counts[view]};
  return views;
}

}  // namespace geneglass
