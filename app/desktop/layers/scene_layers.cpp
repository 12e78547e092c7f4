// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/scene_layers.h"

#include <algorithm>
#include <utility>

#include "app/desktop/layers/overlay_settings.h"

namespace geneglass {

std::vector<OverlayLayer> layersOf(const OverlayChoice& choice, const OverlayScene& scene) {
  std::vector<OverlayEntry> entries;
  for (const OverlayWish& wish : choice.wishes()) entries.push_back(wish.entry);
  OverlayChoice same(std::move(entries));
  bringBack(overlaySettings(choice), same);
  same.setOn(OverlayRole::Expression, true);
  OverlayStack stack(same);
  stack.setScene(scene);
  return stack.fileLayers();
}

std::optional<SharedRange> sharedRange(const std::vector<OverlayLayer>& maps) {
  std::optional<SharedRange> range;
  int count = 0;
  for (const OverlayLayer& layer : maps) {
    const auto map = layer.overlay ? layer.overlay->heatmap() : nullptr;
    if (!map || (range && map->name != range->map)) continue;
    ++count;
    const ValueRange values = valueRange(*map, layer.style);
    if (!range) {
      range = SharedRange{map->name, values};
      continue;
    }
    range->values.low = std::min(range->values.low, values.low);
    range->values.high = std::max(range->values.high, values.high);
  }
  return count > 1 ? range : std::nullopt;
}

std::vector<OverlayLayer> withRange(std::vector<OverlayLayer> layers,
                                    const std::optional<SharedRange>& range) {
  if (!range) return layers;
  for (OverlayLayer& layer : layers) {
    const auto map = layer.overlay ? layer.overlay->heatmap() : nullptr;
    if (!map || map->name != range->map) continue;
    layer.style.range = HeatmapStyle::Range::Absolute;
    layer.style.low = range->values.low;
    layer.style.high = range->values.high;
    layer.style.threshold = range->values.threshold;
  }
  return layers;
}

}  // namespace geneglass
