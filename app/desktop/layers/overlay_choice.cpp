// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlay_choice.h"

#include <utility>

namespace geneglass {

HeatmapStyle styleOf(const OverlayWish& wish, const Overlay& overlay) {
  const HeatmapStyle fresh = overlay.defaultStyle();
  if (!wish.style) return fresh;
  const auto map = overlay.heatmap();
  const auto own = wish.inValues.find(map ? map->name : QString());
  HeatmapStyle style = own != wish.inValues.end() ? own->second : wish.inPercentiles.value_or(fresh);
  style.colours = wish.style->colours;
  style.opacity = wish.style->opacity;
  style.smooth = wish.style->smooth;
  return style;
}

OverlayChoice::OverlayChoice(std::vector<OverlayEntry> entries, QObject* parent) : QObject(parent) {
  for (OverlayEntry& entry : entries) {
    const bool on = entry.onAtStart;
    std::vector<double> settings = fittingValues(entry.controls, {});
    m_wishes.push_back(
        {.entry = std::move(entry), .on = on, .style = {}, .styledMap = {}, .settings = std::move(settings)});
  }
}

void OverlayChoice::setOn(size_t index, bool on, bool besides) {
  const bool bares = on && m_hidesMaps && coloursSlide(m_wishes[index].entry.role);
  if (m_wishes[index].on == on && !bares) return;
  if (bares) m_hidesMaps = false;
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

void OverlayChoice::hideMaps(bool hidden) {
  if (hidden == m_hidesMaps) return;
  m_hidesMaps = hidden;
  Q_EMIT changed();
}

void OverlayChoice::setStyle(size_t index, const HeatmapStyle& style, const QString& map) {
  OverlayWish& wish = m_wishes[index];
  if (wish.style == style && wish.styledMap == map) return;
  wish.style = style;
  wish.styledMap = map;
  if (style.range == HeatmapStyle::Range::Absolute) {
    wish.inValues[map] = style;
  } else {
    wish.inValues.erase(map);
    wish.inPercentiles = style;
  }
  Q_EMIT changed();
}

void OverlayChoice::setSetting(size_t index, size_t control, double value) {
  OverlayWish& wish = m_wishes[index];
  std::vector<double> wanted = wish.settings;
  wanted[control] = value;
  wanted = fittingValues(wish.entry.controls, wanted);
  if (wanted == wish.settings) return;
  wish.settings = std::move(wanted);
  Q_EMIT changed();
}

void OverlayChoice::setRanges(size_t index, std::map<QString, HeatmapStyle> inValues) {
  m_wishes[index].inValues = std::move(inValues);
  Q_EMIT changed();
}

}  // namespace geneglass
