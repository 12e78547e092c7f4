// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viewer/canvas/colour_table.h"
#include "viewer/foundation/colour_mix.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// Cells of a map that have no value and are marked for it, never coloured.
inline constexpr float kStillToCome = std::numeric_limits<float>::infinity();  ///< hatched
inline constexpr float kLeftOut = -std::numeric_limits<float>::infinity();     ///< dotted: nothing will come

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
  std::vector<float> values;  ///< rows x columns, row by row; NaN where there is nothing, or a mark
  std::vector<float> sorted;  ///< the finite ones in ascending order

  /// One of several things that are shown at once, each in a colour.
  struct Scale {
    QString name;  ///< "FSCN1 (held-out r 0.77)"
    QString unit;
    uint32_t colour = 0;  ///< opaque 0xAARRGGBB, of `high`
    float low = 0;
    float high = 1;
  };
  std::optional<ColourMix> mix;  ///< what `paint` was made by; none: one thing, coloured by its values
  std::vector<uint32_t> paint;   ///< rows x columns, premultiplied 0xAARRGGBB, where `values` has a value
  std::vector<Scale> scales;

  /// What the cell under a level-0 position holds, marks included; NaN outside the grid.
  float cellAt(Point slide) const;
  /// The same where it is a value; nothing at NaN and marks.
  std::optional<float> valueAt(Point slide) const;
  /// The value below which `percent` (0..100) of the finite values lie; linear between them. 0 when there are
  /// none.
  float atPercentile(double percent) const;
  /// The percentile at which a value lies among the finite ones, 0..100; 0 when there are none.
  double percentileAt(double value) const;
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
