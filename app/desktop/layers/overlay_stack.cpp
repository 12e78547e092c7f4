// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlay_stack.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "app/desktop/layers/caption_overlay.h"

namespace geneglass {

OverlayStack::OverlayStack(std::vector<OverlayEntry> entries, QObject* parent) : QObject(parent) {
  for (OverlayEntry& entry : entries) {
    StackedOverlay stacked;
    stacked.on = entry.onAtStart;
    stacked.refusal = entry.refusal;
    stacked.entry = std::move(entry);
    m_overlays.push_back(std::move(stacked));
  }
}

static QString mapName(const Overlay* overlay) {
  const auto heatmap = overlay ? overlay->heatmap() : nullptr;
  return heatmap ? heatmap->name : QString();
}

/// What the user chose stays, but for a range in values: another gene has other values.
static void takeStyle(StackedOverlay& stacked, const Overlay* before) {
  const HeatmapStyle chosen = stacked.style;
  const HeatmapStyle fresh = stacked.overlay->defaultStyle();
  const bool ofAnotherMap =
      chosen.range == HeatmapStyle::Range::Absolute && mapName(before) != mapName(stacked.overlay.get());
  if (!stacked.styleIsChosen || ofAnotherMap) stacked.style = fresh;
  if (!stacked.styleIsChosen) return;
  stacked.style.colours = chosen.colours;
  stacked.style.opacity = chosen.opacity;
  stacked.style.smooth = chosen.smooth;
}

void OverlayStack::setScene(const OverlayScene& scene) {
  m_scene = scene;
  for (StackedOverlay& stacked : m_overlays) {
    const auto before = std::exchange(stacked.overlay, nullptr);
    if (!stacked.entry.plugin || !scene.slide) continue;
    auto made = makeOverlay(stacked.entry, scene);
    stacked.refusal = made ? QString() : QString::fromStdString(made.error().sentence);
    if (made) stacked.overlay = std::move(*made);
    if (stacked.overlay) takeStyle(stacked, before.get());
  }
  Q_EMIT layersChanged();
}

void OverlayStack::setOn(size_t index, bool on, bool besides) {
  if (m_overlays[index].on == on) return;
  m_overlays[index].on = on;
  const auto isMap = [](const StackedOverlay& stacked) {
    return stacked.overlay && stacked.overlay->heatmap();
  };
  if (on && !besides && isMap(m_overlays[index]))
    for (size_t other = 0; other < m_overlays.size(); ++other)
      if (other != index && isMap(m_overlays[other])) m_overlays[other].on = false;
  Q_EMIT layersChanged();
}

void OverlayStack::setOn(const QString& identifier, bool on) {
  for (size_t index = 0; index < m_overlays.size(); ++index)
    if (m_overlays[index].entry.identifier == identifier) setOn(index, on);
}

void OverlayStack::setStyle(size_t index, const HeatmapStyle& style) {
  if (m_overlays[index].style == style) return;
  m_overlays[index].style = style;
  m_overlays[index].styleIsChosen = true;
  Q_EMIT layersChanged();
}

std::vector<OverlayLayer> OverlayStack::shown() const {
  std::vector<OverlayLayer> layers;
  for (const StackedOverlay& stacked : m_overlays)
    if (stacked.on && stacked.overlay) layers.push_back({stacked.overlay, stacked.style});
  return layers;
}

std::vector<OverlayLayer> OverlayStack::canvasLayers() const {
  std::vector<OverlayLayer> layers = shown();
  if (m_scene.prediction)
    layers.push_back({std::make_shared<CaptionOverlay>(modelCaption(*m_scene.prediction)), {}});
  return layers;
}

std::vector<OverlayLayer> OverlayStack::fileLayers() const {
  std::vector<OverlayLayer> layers;
  for (const StackedOverlay& stacked : m_overlays)
    if (stacked.on && stacked.overlay && stacked.entry.identifier != QStringLiteral("scale_bar"))
      layers.push_back({stacked.overlay, stacked.style});
  return layers;
}

std::vector<OverlayLayer> OverlayStack::shownFromTop() const {
  std::vector<OverlayLayer> layers = shown();
  std::reverse(layers.begin(), layers.end());
  return layers;
}

std::optional<OverlayLayer> OverlayStack::upperHeatmap() const {
  for (const OverlayLayer& layer : shownFromTop())
    if (layer.overlay->heatmap()) return layer;
  return {};
}

QString OverlayStack::refusalOf(const QString& identifier) const {
  for (const StackedOverlay& stacked : m_overlays)
    if (stacked.entry.identifier == identifier)
      return stacked.overlay ? tr("%1 is switched off.").arg(stacked.entry.name) : stacked.refusal;
  return tr("There is no overlay “%1”.").arg(identifier);
}

QString OverlayStack::textAt(Point slide) const {
  QStringList texts;
  for (const OverlayLayer& layer : shownFromTop())
    if (const QString text = layer.overlay->textAt(slide); !text.isEmpty()) texts << text;
  return texts.join(QStringLiteral("   "));
}

}  // namespace geneglass
