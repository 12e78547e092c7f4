// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace geneglass {

/// How a model looks at a place: as its encoder's tile shows it, or as tiles of several sizes about one
/// centre do, their features side by side. A tile of another size is drawn into as many pixels.
struct TileView {
  static constexpr double kSmallest = 0.25, kLargest = 8;
  static constexpr size_t kMost = 6;

  std::vector<double> sizes{1};  ///< sides over that of the encoder's tile; the first is 1, all differ

  bool operator==(const TileView&) const = default;
};

/// What is against it, to follow "sizes ": empty where nothing is.
std::string whyNot(const TileView& view);

}  // namespace geneglass
