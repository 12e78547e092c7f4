// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/panel_area.h"

#include <QEvent>
#include <QResizeEvent>
#include <QScrollBar>
#include <algorithm>

namespace geneglass {
namespace {

constexpr int kLeastLines = 6;

}  // namespace

PanelArea::PanelArea(QWidget* panel, int wished) : m_wished(wished) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  setWidgetResizable(true);
  setAccessibleName(panel->accessibleName());
  setWidget(panel);
}

QSize PanelArea::sizeHint() const {
  return widget()->sizeHint();
}

QSize PanelArea::minimumSizeHint() const {
  const QSize least = widget()->minimumSizeHint().expandedTo(widget()->minimumSize());
  const int bar = least.height() > height() ? verticalScrollBar()->sizeHint().width() : 0;
  return {std::min(std::max(least.width(), m_wished) + bar, window()->width() / 4),
          std::min(least.height(), kLeastLines * fontMetrics().lineSpacing())};
}

bool PanelArea::eventFilter(QObject* watched, QEvent* event) {
  if (watched == window()) {
    if (event->type() == QEvent::Resize) updateGeometry();
    return false;
  }
  if (event->type() == QEvent::LayoutRequest) updateGeometry();
  return QScrollArea::eventFilter(watched, event);
}

/// With a bar at the side or without.
void PanelArea::resizeEvent(QResizeEvent* event) {
  if (event->size().height() != event->oldSize().height()) updateGeometry();
  QScrollArea::resizeEvent(event);
}

void PanelArea::showEvent(QShowEvent* event) {
  window()->installEventFilter(this);
  updateGeometry();
  QScrollArea::showEvent(event);
}

}  // namespace geneglass
