// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlay_choice.h"

#include <utility>

namespace geneglass {

HeatmapStyle styleOf(const OverlayWish& wish, const Overlay& overlay) {
  const HeatmapStyle fresh = overlay.defaultStyle();
  if (!wish.style) return fresh;
  const auto map = overlay.heatmap();
  const bool ofAnotherMap =
      wish.style->range == HeatmapStyle::Range::Absolute && wish.styledMap != (map ? map->name : QString());
  HeatmapStyle style = ofAnotherMap ? fresh : *wish.style;
  style.colours = wish.style->colours;
  style.opacity = wish.style->opacity;
  style.smooth = wish.style->smooth;
  return style;
}

OverlayChoice::OverlayChoice(std::vector<OverlayEntry> entries, QObject* parent) : QObject(parent) {
  for (OverlayEntry& entry : entries) {
    const bool on = entry.onAtStart;
    m_wishes.push_back({std::move(entry), on, {}, {}});
  }
}

void OverlayChoice::setOn(size_t index, bool on, bool besides) {
  if (m_wishes[index].on == on) return;
  m_wishes[index].on = on;
  if (on && !besides && isMap(m_wishes[index].entry.role))
    for (size_t other = 0; other < m_wishes.size(); ++other)
      if (other != index && isMap(m_wishes[other].entry.role)) m_wishes[other].on = false;
  Q_EMIT changed();
}

void OverlayChoice::setOn(OverlayRole role, bool on) {
  for (size_t index = 0; index < m_wishes.size(); ++index)
    if (m_wishes[index].entry.role == role) setOn(index, on);
}

void OverlayChoice::setStyle(size_t index, const HeatmapStyle& style, const QString& map) {
  OverlayWish& wish = m_wishes[index];
  if (wish.style == style && wish.styledMap == map) return;
  wish.style = style;
  wish.styledMap = map;
  Q_EMIT changed();
}

}  // namespace geneglass
