// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlay_panel.h"

#include <QFrame>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/help/glossary.h"

namespace geneglass {

OverlayPanel::OverlayPanel(OverlayStack& stack, QWidget* parent)
    : QWidget(parent), m_stack(&stack), m_hidden(new QLabel(tr("All maps are hidden; M shows them."))) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 4);
  layout->setSpacing(0);
  m_hidden->setWordWrap(true);
  m_hidden->setContentsMargins(10, 6, 10, 6);
  layout->addWidget(m_hidden);
  // The uppermost layer stands first in the list.
  for (size_t index = stack.overlays().size(); index-- > 0;) addControls(index, *layout);
  if (stack.overlays().empty()) {
    auto* none = new QLabel(tr("No overlays were found beside the program."));
    none->setWordWrap(true);
    none->setContentsMargins(10, 6, 10, 6);
    layout->addWidget(none);
  }
  layout->addStretch();
  setAccessibleName(tr("Overlays"));
  for (const LayerControls* controls : m_controls) m_widest = std::max(m_widest, controls->widest());
  m_widest += fontMetrics().averageCharWidth();  // a theme's letters are wider than those known by now
  showStack(stack);
}

void OverlayPanel::addControls(size_t index, QVBoxLayout& list) {
  OverlayChoice& choice = m_stack->choice();
  const OverlayEntry& entry = choice.wishes()[index].entry;
  auto* controls = new LayerControls(overlayTitle(entry.identifier, entry.name), entry.controls);
  explain(*controls, entry.identifier);
  connect(controls, &LayerControls::switched, &choice, [this, &choice, index](bool on) {
    // What shows nothing takes no map away.
    const bool besides = QGuiApplication::keyboardModifiers() & Qt::ControlModifier;
    choice.setOn(index, on, besides || !m_stack->overlays()[index].refusal.isEmpty());
  });
  connect(controls, &LayerControls::styleChosen, &choice,
          [&choice, index](const HeatmapStyle& style, const QString& map) {
            choice.setStyle(index, style, map);
          });
  connect(controls, &LayerControls::settingChosen, &choice,
          [&choice, index](size_t control, double value) { choice.setSetting(index, control, value); });
  m_controls.insert(m_controls.begin(), controls);
  list.addWidget(controls);
  auto* line = new QFrame;
  line->setFrameShape(QFrame::HLine);
  line->setObjectName(QStringLiteral("divider"));
  list.addWidget(line);
}

void OverlayPanel::showStack(OverlayStack& stack) {
  disconnect(m_stack, &OverlayStack::layersChanged, this, &OverlayPanel::showAll);
  m_stack = &stack;
  connect(m_stack, &OverlayStack::layersChanged, this, &OverlayPanel::showAll);
  showAll();
}

void OverlayPanel::showAll() {
  m_hidden->setVisible(m_stack->choice().hidesMaps());
  for (size_t index = 0; index < m_controls.size(); ++index)
    m_controls[index]->showOverlay(m_stack->choice().wishes()[index], m_stack->overlays()[index]);
}

}  // namespace geneglass
