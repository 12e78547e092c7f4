// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "viewer/slide/image.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// A level and which of the file's it is made from.
struct LevelOrigin {
  Level level;
  int fileLevel = 0;  ///< its index among the file's levels
  int factor = 1;  ///< one pixel is the mean of factor x factor of the file level's; 1: it is the file level
  int group = 1;   ///< one tile holds what group x group tiles of the file level show
};

/// The file's levels, and reduced ones where a step is more than 2 or the coarsest is still large, so that a
/// view of any downsample finds a level at most twice as fine per axis. `canReduce` says, for each level,
/// whether its tiles can be decoded at a part of their size. Pure.
std::vector<LevelOrigin> withReducedLevels(const std::vector<Level>& fileLevels,
                                           const std::vector<bool>& canReduce);

/// Each pixel the mean of factor x factor; what is left over at the right and the bottom is dropped.
Image boxMean(const Image& image, int factor);

}  // namespace geneglass
