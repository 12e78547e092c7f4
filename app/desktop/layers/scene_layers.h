// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/layers/overlay_stack.h"

namespace geneglass {

/// The overlays of `choice` that go into a file, of another scene than the one shown, and the map of its
/// gene. Where the gene's map was not computed yet this waits for it.
std::vector<OverlayLayer> layersOf(const OverlayChoice& choice, const OverlayScene& scene);

/// Values that the colours of one map stand for on several slides.
struct SharedRange {
  QString map;  ///< the heatmap's name
  ValueRange values;
  bool operator==(const SharedRange& other) const {
    return map == other.map && values.low == other.values.low && values.high == other.values.high &&
           values.threshold == other.values.threshold;
  }
};

/// What the first of these maps and those of its name have together: the lowest low, the highest high, and
/// the first one's threshold. None where they are fewer than two.
std::optional<SharedRange> sharedRange(const std::vector<OverlayLayer>& maps);

/// The layers with their maps of that name coloured by the range.
std::vector<OverlayLayer> withRange(std::vector<OverlayLayer> layers,
                                    const std::optional<SharedRange>& range);

}  // namespace geneglass
