// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/tile_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace geneglass {

std::string whyNot(const TileView& view) {
  const std::vector<double>& sizes = view.sizes;
  if (sizes.empty() || sizes.size() > TileView::kMost)
    return fmt::format("must be 1 to {} numbers", TileView::kMost);
  if (sizes.front() != 1) return fmt::format("must begin with 1, not {}", sizes.front());
  if (std::set<double>(sizes.begin(), sizes.end()).size() != sizes.size()) return "must differ";
  const auto outside = [](double size) {
    return !(size >= TileView::kSmallest && size <= TileView::kLargest);
  };
  if (std::ranges::any_of(sizes, outside))
    return fmt::format("must be from {} to {}", TileView::kSmallest, TileView::kLargest);
  return {};
}

}  // namespace geneglass
