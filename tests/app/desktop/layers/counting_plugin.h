// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <stdexcept>
#include <utility>

#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"

namespace geneglass::testing {

class MapOnly final : public Overlay {
 public:
  explicit MapOnly(std::shared_ptr<const Heatmap> map) : m_map(std::move(map)) {}
  std::shared_ptr<const Heatmap> heatmap() const override { return m_map; }
  QString textAt(Point) const override { return m_map->name; }

 private:
  std::shared_ptr<const Heatmap> m_map;
};

/// A map of 0..99 where a gene is chosen; counts the overlays it made.
class CountingPlugin final : public OverlayPlugin {
 public:
  mutable std::atomic<int> made = 0;

  Result<void> mayMake(const OverlayScene& scene) const override {
    if (scene.gene < 0) return fail("Choose a gene first.");
    return {};
  }
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    if (scene.gene == 13) throw std::runtime_error("thirteen");
    ++made;
    Heatmap map;
    map.name = QStringLiteral("counting %1").arg(scene.gene);
    map.slideHash = scene.slide->hash;
    map.slideSize = scene.slide->size();
    map.columns = map.rows = 10;
    map.step = 100;
    for (int value = 0; value < 100; ++value) map.values.push_back(float(value));
    return placeHeatmap(std::move(map), *scene.slide).map([](std::shared_ptr<const Heatmap> placed) {
      return std::unique_ptr<Overlay>(std::make_unique<MapOnly>(std::move(placed)));
    });
  }
};

inline OverlayEntry entryOf(const char* name, const OverlayPlugin* plugin, const char* refusal = "") {
  OverlayEntry entry;
  entry.identifier = entry.name = QString::fromLatin1(name);
  entry.onAtStart = true;
  entry.role = OverlayRole::Map;
  entry.needs.gene = true;
  entry.plugin = plugin;
  entry.refusal = QString::fromLatin1(refusal);
  return entry;
}

inline OverlayScene sceneWithGene(int gene) {
  static const auto slide = std::make_shared<const Slide>(madeSlide());
  OverlayScene scene;
  scene.slide = slide;
  scene.gene = gene;
  return scene;
}

}  // namespace geneglass::testing
