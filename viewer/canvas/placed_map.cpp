// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/placed_map.h"

#include <algorithm>
#include <cmath>

namespace geneglass {

std::optional<PlacedMap> placeMap(const Heatmap& map, const Viewport& viewport) {
  const Rect seen = viewport.visible();
  const double left = std::max({map.origin.x, seen.x, 0.0});
  const double top = std::max({map.origin.y, seen.y, 0.0});
  const double right = std::min(
      {map.origin.x + map.columns * map.step, seen.right(), static_cast<double>(map.slideSize.width)});
  const double bottom = std::min(
      {map.origin.y + map.rows * map.step, seen.bottom(), static_cast<double>(map.slideSize.height)});
  if (left >= right || top >= bottom) return {};
  const double baseColumn = std::floor((left - map.origin.x) / map.step);
  const double baseRow = std::floor((top - map.origin.y) / map.step);
  const auto across = [&](double x) { return (x - viewport.centre.x) / viewport.downsample; };
  const auto down = [&](double y) { return (y - viewport.centre.y) / viewport.downsample; };
  const auto column = [&](double x) { return (x - map.origin.x) / map.step - baseColumn; };
  const auto row = [&](double y) { return (y - map.origin.y) / map.step - baseRow; };
  return PlacedMap{{across(left), down(top), across(right), down(bottom)},
                   {column(left), row(top), column(right), row(bottom)},
                   static_cast<int>(baseColumn),
                   static_cast<int>(baseRow),
                   map.step / viewport.downsample};
}

}  // namespace geneglass
