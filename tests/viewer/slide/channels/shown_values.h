// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "tests/viewer/slide/channels/made_channels.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::testing {

/// Shows one channel alone, its values from `low` on in steps of one.
inline std::shared_ptr<const TileSource> alone(const OpenedSlide& opened, size_t channel, double low,
                                               double step = 1) {
  std::vector<Channel> channels = opened.slide->channels;
  for (Channel& each : channels) each.shown = false;
  channels[channel].shown = true;
  channels[channel].colour = 0xffffff;
  channels[channel].low = low;
  channels[channel].high = low + 255 * step;
  return opened.source->showing(channels);
}

/// How far the whole of a level is from what the maker wrote, in steps; only values inside the shown range.
inline int worstOf(const OpenedSlide& opened, const ChannelRecipe& recipe, size_t channel, int level,
                   int fileLevel) {
  const bool isFloat = recipe.format == SAMPLEFORMAT_IEEEFP;
  const double low = recipe.bits == 8 ? 0 : isFloat ? 8 : 1024;
  const double step = isFloat ? 1 / 64.0 : 1;
  const auto source = alone(opened, channel, low, step);
  const Level& there = opened.slide->levels[static_cast<size_t>(level)];
  int worst = 0;
  for (int row = 0; row < there.rows(); ++row)
    for (int column = 0; column < there.columns(); ++column) {
      const auto tile = source->read({level, column, row});
      if (!tile) return 1000;
      const Image& image = (*tile)->image;
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
          const double value = valueAt(recipe, static_cast<int>(channel), fileLevel,
                                       static_cast<int>(column * there.tile.width) + x,
                                       static_cast<int>(row * there.tile.height) + y);
          const int wanted = static_cast<int>(std::lround(std::clamp((value - low) / step, 0.0, 255.0)));
          worst = std::max(worst, std::abs(int(image.at(x, y) & 0xff) - wanted));
        }
    }
  return worst;
}

}  // namespace geneglass::testing
