// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gallery_tiles.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace geneglass {

std::vector<GalleryTile> chooseGalleryTiles(const TileGrid& grid, const GeneMap& map, size_t most) {
  const std::vector<float>& expression = map.expression;
  std::vector<float> weight = map.attention;
  if (weight.empty())
    for (const float contribution : map.contribution) weight.push_back(std::abs(contribution));
  std::vector<size_t> order(std::min(grid.count(), weight.size()));
  std::iota(order.begin(), order.end(), size_t{0});
  most = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + long(most), order.end(), [&](size_t a, size_t b) {
    return weight[a] != weight[b] ? weight[a] > weight[b] : a < b;
  });
  order.resize(most);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return expression[a] < expression[b]; });
  std::vector<GalleryTile> tiles;
  for (const size_t tile : order)
    tiles.push_back({grid.areaOfTile(tile),
                     map.attention.empty() ? std::nullopt : std::optional(map.attention[tile]),
                     expression[tile]});
  return tiles;
}

}  // namespace geneglass
