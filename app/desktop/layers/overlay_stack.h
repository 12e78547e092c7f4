// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "overlays/overlay_registry.h"

namespace geneglass {

/// One overlay of the plugin folder as the user has set it.
struct StackedOverlay {
  OverlayEntry entry;
  bool on = false;
  HeatmapStyle style;
  bool styleIsChosen = false;              ///< by the user: then a new scene keeps it
  std::shared_ptr<const Overlay> overlay;  ///< null when refused
  QString refusal;                         ///< why there is nothing to draw; empty otherwise
};

/// All overlays over one scene, in drawing order. GUI thread.
class OverlayStack final : public QObject {
  Q_OBJECT

 public:
  explicit OverlayStack(std::vector<OverlayEntry> entries, QObject* parent = nullptr);

  void setScene(const OverlayScene& scene);  ///< makes every overlay anew
  /// A map that is switched on switches the other maps off, as two mix to mud, unless `besides` them. What
  /// has no map, such as outlines, stays.
  void setOn(size_t index, bool on, bool besides = false);
  void setOn(const QString& identifier, bool on);
  void setStyle(size_t index, const HeatmapStyle& style);

  const std::vector<StackedOverlay>& overlays() const { return m_overlays; }
  /// Those that are on and not refused.
  std::vector<OverlayLayer> shown() const;
  std::vector<OverlayLayer> shownFromTop() const;  ///< the same, the uppermost first
  /// What the canvas draws: those shown, and the model's statement over them.
  std::vector<OverlayLayer> canvasLayers() const;
  /// What goes into a file, which gets scale bar and statement of its own.
  std::vector<OverlayLayer> fileLayers() const;
  /// The heatmap that lies uppermost, when one is shown.
  std::optional<OverlayLayer> upperHeatmap() const;
  /// Why an overlay has nothing to draw; when it has, that it is switched off.
  QString refusalOf(const QString& identifier) const;
  /// What stands under a level-0 position in the uppermost overlays; empty for nothing.
  QString textAt(Point slide) const;

 Q_SIGNALS:
  void layersChanged();  ///< what is drawn differs

 private:
  std::vector<StackedOverlay> m_overlays;
  OverlayScene m_scene;
};

}  // namespace geneglass
