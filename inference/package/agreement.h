// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace geneglass {

/// How well another precision agreed with float32 in all that a package's heads say, on slides of its kind.
struct Agreement {
  static constexpr double kLeastR = 0.999;            ///< that makes it the default,
  static constexpr double kLargestDifference = 0.01;  ///< together with this,
  static constexpr double kLargestChange = 0.01;      ///< and, where there is a call, with this

  int checkedTiles = 0;
  int checkedSlides = 0;
  double leastR = 0;             ///< of all genes: Pearson over the tiles, against float32
  std::string leastRGene;        ///< the gene it is of
  double largestDifference = 0;  ///< of all genes and slides: of the slide's value, in standard deviations of
                                 ///< the gene's slide values
  std::string largestDifferenceGene;
  std::optional<double>
      largestChange;  ///< of all slides and classes: of a probability; none where it was not measured

  bool agrees() const {
    return leastR >= kLeastR && largestDifference <= kLargestDifference &&
           (!largestChange || *largestChange <= kLargestChange);
  }
};

}  // namespace geneglass
