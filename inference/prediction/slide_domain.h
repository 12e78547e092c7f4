// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

namespace geneglass {

/// Whether the tissue of a slide of N tiles looks like that which the model learnt from (methods.md section
/// 8).
struct SlideDomain {
  static constexpr int kFewest = 20;          ///< training slides that p takes to speak
  static constexpr double kShareWithP = 0.5;  ///< outside: more than this share of tiles, and p at its floor,
  static constexpr double kShareAlone = 0.8;  ///< or more than this share whatever p

  std::vector<float> distance;  ///< N: squared Mahalanobis distance over that within which 99 % of the tiles
                                ///< of held-out training slides lie; above 1 a tile is outside
  double shareOutside = 0;      ///< of its tiles
  double p = 1;                 ///< conformal: (1 + held-out training slides with such a share) / (n + 1)
  int slides = 0;               ///< n
  bool outside = false;
};

/// `heldOutShares`: of the n held-out training slides, rising. N >= 1.
SlideDomain judgeDomain(std::vector<float> distance, std::span<const float> heldOutShares);

/// "87 % of its tiles are unlike the tissue the model learnt from (p 0.010 against 96 training slides)";
/// where these are too few: "... (only 4 training slides to compare with)"
std::string inWords(const SlideDomain& domain);

}  // namespace geneglass
