// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlay_stack.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "app/desktop/help/glossary.h"
#include "app/desktop/layers/caption_overlay.h"

namespace geneglass {
namespace {

constexpr size_t kMapBytes = 64u << 20;  ///< of genes looked at before

template <typename T>
QString refusalIn(const Result<T>& made) {
  return made ? QString() : QString::fromStdString(made.error().sentence);
}

/// While this is the same, so is the overlay.
OverlayScene partsFor(const OverlayWish& wish, const OverlayScene& scene) {
  OverlayScene parts = partsOf(scene, wish.entry.needs);
  parts.settings = wish.settings;
  return parts;
}

}  // namespace

OverlayStack::OverlayStack(OverlayChoice& choice, QObject* parent)
    : QObject(parent), m_choice(choice), m_kept(kMapBytes) {
  for (const OverlayWish& wish : choice.wishes()) m_overlays.push_back({nullptr, wish.entry.refusal, {}});
  connect(&choice, &OverlayChoice::changed, this, qOverload<>(&OverlayStack::update));
}

void OverlayStack::setScene(const OverlayScene& scene) {
  OverlayScene another = scene;
  another.gene = m_scene.gene;
  if (!(another == m_scene)) m_ahead.drop();
  m_scene = scene;
  update();
  m_kept.dropOthers(scene);
}

void OverlayStack::prepare(const std::vector<int>& genes) {
  std::vector<OverlaysAhead::Wish> wishes;
  for (const int gene : genes)
    for (size_t index = 0; index < m_overlays.size(); ++index) {
      const OverlayWish& wished = m_choice.wishes()[index];
      if (!isShown(index) || !wished.entry.needs.gene) continue;
      OverlayScene scene = m_scene;
      scene.gene = gene;
      OverlaysAhead::Wish wish{index, wished.entry, partsFor(wished, scene)};
      const bool isThere = m_overlays[index].parts == wish.parts || m_kept.has(index, wish.parts);
      if (!isThere) wishes.push_back(std::move(wish));
    }
  m_ahead.prepare(std::move(wishes));
}

/// While the gene was looked at, or behind the window.
std::shared_ptr<const Overlay> OverlayStack::madeBefore(size_t index, const OverlayScene& parts) {
  auto kept = m_kept.take(index, parts);
  return kept ? std::move(kept) : m_ahead.take(index, parts);
}

void OverlayStack::setMapBytes(size_t limit) {
  m_kept.setLimit(limit);
}

void OverlayStack::update() {
  for (size_t index = 0; index < m_overlays.size(); ++index) update(index);
  Q_EMIT layersChanged();
}

void OverlayStack::update(size_t index) {
  const OverlayWish& wish = m_choice.wishes()[index];
  StackedOverlay& stacked = m_overlays[index];
  if (!wish.entry.plugin) return;
  const OverlayScene parts = partsFor(wish, m_scene);
  if (!(stacked.parts == parts)) {
    auto again = madeBefore(index, parts);  // before the one shown so far takes its room
    m_kept.keep(index, stacked.parts, std::move(stacked.overlay));
    stacked = {std::move(again), {}, parts};
    if (!stacked.overlay && parts.slide) stacked.refusal = refusalIn(mayMakeOverlay(wish.entry, parts));
  }
  if (!parts.slide || !wish.on || stacked.overlay || !stacked.refusal.isEmpty()) return;
  auto made = makeOverlay(wish.entry, parts);
  stacked.refusal = refusalIn(made);
  if (made) stacked.overlay = std::move(*made);
}

bool OverlayStack::isShown(size_t index) const {
  const OverlayWish& wish = m_choice.wishes()[index];
  const bool hidden = m_choice.hidesMaps() && coloursSlide(wish.entry.role);
  return wish.on && !hidden && m_overlays[index].overlay;
}

std::vector<OverlayLayer> OverlayStack::shown() const {
  std::vector<OverlayLayer> layers;
  for (size_t index = 0; index < m_overlays.size(); ++index)
    if (const auto& overlay = m_overlays[index].overlay; isShown(index))
      layers.push_back({overlay, styleOf(m_choice.wishes()[index], *overlay)});
  return layers;
}

std::vector<OverlayLayer> OverlayStack::canvasLayers() const {
  std::vector<OverlayLayer> layers = shown();
  bool anyMap = false;
  for (size_t index = 0; index < m_overlays.size(); ++index)
    anyMap |= isShown(index) && coloursSlide(m_choice.wishes()[index].entry.role);
  // The panel of genes says it whole; beside each other, panes are small.
  constexpr double kMostOfHeight = 0.16;
  if (m_scene.prediction && anyMap)
    layers.push_back(
        {std::make_shared<CaptionOverlay>(modelCaption(*m_scene.prediction), kMostOfHeight), {}});
  return layers;
}

std::vector<OverlayLayer> OverlayStack::fileLayers() const {
  std::vector<OverlayLayer> layers;
  for (size_t index = 0; index < m_overlays.size(); ++index) {
    const OverlayWish& wish = m_choice.wishes()[index];
    const auto& overlay = m_overlays[index].overlay;
    if (isShown(index) && wish.entry.role != OverlayRole::ScaleBar)
      layers.push_back({overlay, styleOf(wish, *overlay)});
  }
  return layers;
}

std::vector<OverlayLayer> OverlayStack::shownFromTop() const {
  std::vector<OverlayLayer> layers = shown();
  std::reverse(layers.begin(), layers.end());
  return layers;
}

std::optional<OverlayLayer> OverlayStack::upperHeatmap() const {
  const auto index = upperIndex();
  if (!index) return {};
  const auto& overlay = m_overlays[*index].overlay;
  return OverlayLayer{overlay, styleOf(m_choice.wishes()[*index], *overlay)};
}

std::optional<size_t> OverlayStack::upperIndex() const {
  for (size_t index = m_overlays.size(); index-- > 0;)
    if (isShown(index) && m_overlays[index].overlay->heatmap()) return index;
  return {};
}

QString OverlayStack::refusalOf(OverlayRole role) const {
  for (size_t index = 0; index < m_overlays.size(); ++index) {
    const OverlayEntry& entry = m_choice.wishes()[index].entry;
    if (entry.role != role || !entry.plugin) continue;
    const QString& refusal = m_overlays[index].refusal;
    if (refusal.isEmpty() && m_choice.hidesMaps()) return tr("The maps are hidden; M shows them.");
    return refusal.isEmpty() ? tr("%1 is switched off.").arg(overlayTitle(entry.identifier, entry.name))
                             : refusal;
  }
  return tr("There is no overlay that shows this.");
}

QString OverlayStack::textAt(Point slide) const {
  QStringList texts;
  for (const OverlayLayer& layer : shownFromTop())
    if (const QString text = layer.overlay->textAt(slide); !text.isEmpty()) texts << text;
  return texts.join(QStringLiteral("   "));
}

}  // namespace geneglass
