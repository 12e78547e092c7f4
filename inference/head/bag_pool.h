// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace geneglass {

/// How gated attention makes one vector of a bag's tiles (methods.md section 2).
enum class BagPool {
  Attention,  ///< sum_i a_i H_i
  Extremes    ///< the mean H of the tiles of lowest attention beside that of those of highest
};

constexpr size_t kExtremes = 100;  ///< tiles of each end

/// Which tiles lie at the two ends of the attention.
struct BagExtremes {
  std::vector<size_t> lowest;
  std::vector<size_t> highest;
};

/// The kExtremes tiles of lowest and of highest attention; the first of equal ones is the lower. A bag of at
/// most 2 kExtremes tiles has all of them at both ends.
BagExtremes extremesOf(std::span<const float> logits);

/// Softmax over the bag, in double precision: a_i, summing to 1.
std::vector<double> softmaxOf(std::span<const float> logits);

}  // namespace geneglass
