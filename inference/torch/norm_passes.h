// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace geneglass {

/// Batch norm with what comes after it, in as few passes over the memory as it takes; forwards and backwards.
/// Pictures lie channels last: rows x channels, one after the other. Any thread; each call computes alone.
struct NormRows {
  size_t rows = 0;  ///< pixels of all pictures
  size_t channels = 0;
};

/// One number a channel each.
struct ChannelMoments {
  std::vector<float> mean;
  std::vector<float> variance;  ///< of the rows, divided by their number
};
ChannelMoments momentsOf(const float* x, const NormRows& shape);

/// y = factor x + offset + added, of which, where `rectifies`, only the positive stays. One factor and offset
/// a channel. `added` may be null; `y` may be `x`.
void normRows(const float* x, const float* added, const NormRows& shape, const std::vector<float>& factor,
              const std::vector<float>& offset, bool rectifies, float* y);

/// Sums over the rows of g and of g (x - mean), where g is the gradient that comes in, where y > 0. `y` may
/// be null: then g is all of it. Where `passed` is not null, g is written there.
struct NormGradientSums {
  std::vector<float> plain;
  std::vector<float> timesX;
};
NormGradientSums normGradientSums(const float* incoming, const float* y, const float* x,
                                  const NormRows& shape, const std::vector<float>& mean, float* passed);

/// outgoing = factor g + slope x + offset, g as above.
void normGradient(const float* incoming, const float* y, const float* x, const NormRows& shape,
                  const std::vector<float>& factor, const std::vector<float>& slope,
                  const std::vector<float>& offset, float* outgoing);

}  // namespace geneglass
