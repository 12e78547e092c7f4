// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// One gene at the measured spots of a slide, beside what the model says of each. S spots.
struct MeasuredGene {
  std::string symbol;
  std::vector<float> measured;   ///< S: log(1 + count / the spot's counts * the median spot's counts)
  std::vector<float> predicted;  ///< S: expression of a tile centred on the spot, in the label's unit
  double r = 0;                  ///< Pearson; NaN: not defined, one of them is the same everywhere
  double low = 0;                ///< 95 % interval of r; NaN: none
  double high = 0;
};

/// What was measured on a slide by spatial transcriptomics and how a model's predictions agree with it.
/// Plain, immutable once made, shared by every thread.
struct MeasuredSpots {
  std::string file;                 ///< of the counts
  std::string slideHash;            ///< the slide they lie on
  double diameter = 0;              ///< of a spot, level-0 pixels
  std::vector<Point> centres;       ///< S, level-0 pixels
  std::vector<MeasuredGene> genes;  ///< those that model and file both have, in the model's order
  double meanR = 0;                 ///< over the genes where it is defined
  double meanLow = 0;
  double meanHigh = 0;

  /// Null for a gene that the file does not count.
  const MeasuredGene* find(std::string_view symbol) const {
    const auto found = std::ranges::find(genes, symbol, &MeasuredGene::symbol);
    return found == genes.end() ? nullptr : &*found;
  }
};

/// About the spots' centres, with so many level-0 pixels on each side.
inline Rect areaOf(const MeasuredSpots& spots, double margin) {
  if (spots.centres.empty()) return {};
  Point least = spots.centres.front(), most = least;
  for (const Point& centre : spots.centres) {
    least = {std::min(least.x, centre.x), std::min(least.y, centre.y)};
    most = {std::max(most.x, centre.x), std::max(most.y, centre.y)};
  }
  return {least.x - margin, least.y - margin, most.x - least.x + 2 * margin, most.y - least.y + 2 * margin};
}

}  // namespace geneglass
