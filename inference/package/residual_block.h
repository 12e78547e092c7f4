// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace geneglass {

/// What the stages of a residual network (He et al. 2016) are made of: two 3 x 3 convolutions, as in
/// ResNet-18, or 1 x 1, 3 x 3, 1 x 1, as in ResNet-50.
enum class ResidualBlock { Basic, Bottleneck };

constexpr const char* toString(ResidualBlock block) {
  return block == ResidualBlock::Basic ? "basic" : "bottleneck";
}

constexpr int kBottleneck = 4;  ///< a stage's channels over those of its 3 x 3 convolutions

/// Channels of the first convolution, before the stages.
inline int stemChannels(ResidualBlock block, const std::vector<int>& channels) {
  return block == ResidualBlock::Basic ? channels.front() : channels.front() / kBottleneck;
}

}  // namespace geneglass
