// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>
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
  /// Ranges that are given in values: one map's each, by its name, so that it has them again.
  std::map<QString, HeatmapStyle> inValues = {};
  std::optional<HeatmapStyle> inPercentiles = {};  ///< of all other maps; none: as they come
  std::vector<double> settings = {};               ///< OverlayScene::settings
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
  /// All maps at once, whichever are on: the tissue lies bare until they come back, or one is switched on.
  void hideMaps(bool hidden);
  bool hidesMaps() const { return m_hidesMaps; }
  void setStyle(size_t index, const HeatmapStyle& style, const QString& map);
  /// What a control of the plugin is set to, or the nearest it may be.
  void setSetting(size_t index, size_t control, double value);
  /// Brings back what setStyle() was told of other maps.
  void setRanges(size_t index, std::map<QString, HeatmapStyle> inValues);

 Q_SIGNALS:
  void changed();

 private:
  std::vector<OverlayWish> m_wishes;
  bool m_hidesMaps = false;
};

}  // namespace geneglass
