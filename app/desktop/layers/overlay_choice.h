// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "overlays/overlay_registry.h"

namespace geneglass {

/// One overlay of the plugin folder as the user wants it.
struct OverlayWish {
  OverlayEntry entry;
  bool on = false;
  std::optional<HeatmapStyle> style;  ///< none: as the overlay comes
  QString styledMap;                  ///< the heatmap's name that `style` was chosen for
};

/// How a wished overlay looks: what the user chose stays, but for a range in values, which are one map's.
HeatmapStyle styleOf(const OverlayWish& wish, const Overlay& overlay);

/// Which overlays the user wants to see and how, in drawing order; the same for all slides. GUI thread.
class OverlayChoice final : public QObject {
  Q_OBJECT

 public:
  explicit OverlayChoice(std::vector<OverlayEntry> entries, QObject* parent = nullptr);

  const std::vector<OverlayWish>& wishes() const { return m_wishes; }
  /// A map that is switched on switches the other maps off, as two mix to mud, unless `besides` them. What
  /// has no map, such as outlines, stays.
  void setOn(size_t index, bool on, bool besides = false);
  void setOn(OverlayRole role, bool on);
  void setStyle(size_t index, const HeatmapStyle& style, const QString& map);

 Q_SIGNALS:
  void changed();

 private:
  std::vector<OverlayWish> m_wishes;
};

}  // namespace geneglass
