// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/pyramid_levels.h"

#include <algorithm>

namespace geneglass {

std::vector<Level> halvedLevels(Size size) {
  std::vector<Level> levels;
  double downsample = 1;
  while (true) {
    levels.push_back({size, downsample, {kPyramidTile, kPyramidTile}});
    if (std::max(size.width, size.height) <= kPyramidTile || std::min(size.width, size.height) < 2)
      return levels;
    size = {size.width / 2, size.height / 2};
    downsample *= 2;
  }
}

}  // namespace geneglass
