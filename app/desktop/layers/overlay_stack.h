// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/layers/kept_overlays.h"
#include "app/desktop/layers/overlay_choice.h"
#include "app/desktop/layers/overlays_ahead.h"

namespace geneglass {

/// An overlay of the choice over one scene.
struct StackedOverlay {
  std::shared_ptr<const Overlay> overlay;  ///< null while switched off, and where there is nothing to draw
  QString refusal;                         ///< why there is nothing to draw; empty otherwise
  OverlayScene parts;                      ///< what of the scene both are of
};

/// The overlays of a choice over one scene, in drawing order: each lives as long as what it needs of the
/// scene is the same, and none is made before it is switched on. GUI thread.
class OverlayStack final : public QObject {
  Q_OBJECT

 public:
  explicit OverlayStack(OverlayChoice& choice, QObject* parent = nullptr);  ///< the choice outlives it

  void setScene(const OverlayScene& scene);
  void setMapBytes(size_t limit);  ///< that the maps of genes looked at before may take
  /// Overlays that are shown are made of these genes too, behind the window: they may be chosen next.
  void prepare(const std::vector<int>& genes);

  OverlayChoice& choice() const { return m_choice; }
  const std::vector<StackedOverlay>& overlays() const { return m_overlays; }
  /// Those that are on and not refused; no maps while the choice hides them.
  std::vector<OverlayLayer> shown() const;
  std::vector<OverlayLayer> shownFromTop() const;  ///< the same, the uppermost first
  /// What the canvas draws: those shown, and over maps the model's statement.
  std::vector<OverlayLayer> canvasLayers() const;
  /// What goes into a file, which gets scale bar and statement of its own.
  std::vector<OverlayLayer> fileLayers() const;
  /// The heatmap that lies uppermost, when one is shown; and which wish of the choice it is.
  std::optional<OverlayLayer> upperHeatmap() const;
  std::optional<size_t> upperIndex() const;
  /// Why the overlay of a role has nothing to draw; when it has, that it is switched off.
  QString refusalOf(OverlayRole role) const;
  /// What stands under a level-0 position in the uppermost overlays; empty for nothing.
  QString textAt(Point slide) const;

 Q_SIGNALS:
  void layersChanged();  ///< what is drawn differs

 private:
  void update();
  void update(size_t index);
  std::shared_ptr<const Overlay> madeBefore(size_t index, const OverlayScene& parts);
  bool isShown(size_t index) const;

  OverlayChoice& m_choice;
  std::vector<StackedOverlay> m_overlays;  ///< one for each wish
  KeptOverlays m_kept;
  OverlayScene m_scene;
  OverlaysAhead m_ahead;
};

}  // namespace geneglass
