// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viewer/canvas/colour_table.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// A grid of floats placed in level-0 pixels, coloured on the GPU. Constant once made.
/// Cell (column, row) covers [origin + column * step, origin + (column + 1) * step).
struct Heatmap {
  QString name;           ///< in the legend: "FSCN1 expression"
  QString unit;           ///< of the values: "log2 expression"
  std::string slideHash;  ///< the slide it was made for
  Size slideSize;         ///< level 0 of that slide
  int columns = 0;
  int rows = 0;
  Point origin;               ///< level-0 pixels
  double step = 0;            ///< level-0 pixels per cell
  std::vector<float> values;  ///< rows x columns, row by row; NaN where there is nothing
  std::vector<float> sorted;  ///< the finite ones in ascending order

  /// The value of the cell under a level-0 position; nothing outside the grid or at NaN.
  std::optional<float> valueAt(Point slide) const;
  /// The value below which `percent` (0..100) of the finite values lie; linear between them. 0 when there are
  /// none.
  float atPercentile(double percent) const;
};

/// Fills `sorted` and checks that the grid lies on the slide. Errors say what does not fit: hash, size or
/// grid.
Result<std::shared_ptr<const Heatmap>> placeHeatmap(Heatmap heatmap, const Slide& slide);

/// How a heatmap is coloured: all of it is arithmetic in a fragment shader.
struct HeatmapStyle {
  enum class Range { Percentile, Absolute };

  ColourMap colours = ColourMap::Viridis;
  Range range = Range::Percentile;
  double low = 2;        ///< the map's first colour: a percentile 0..100, or a value
  double high = 98;      ///< its last colour
  double threshold = 0;  ///< same kind as the range: cells below are not drawn
  double opacity = 0.5;  ///< 0..1
  bool smooth = false;   ///< linear between cell centres; nearest is honest about the grid
  bool operator==(const HeatmapStyle&) const = default;
};

/// low, high and threshold of a style as values of this map.
struct ValueRange {
  float low = 0;
  float high = 1;
  float threshold = 0;
};
ValueRange valueRange(const Heatmap& heatmap, const HeatmapStyle& style);

}  // namespace geneglass
