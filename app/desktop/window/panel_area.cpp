// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/panel_area.h"

#include <QEvent>
#include <QStyle>
#include <algorithm>

namespace geneglass {
namespace {

constexpr int kLeastLines = 6;

}  // namespace

PanelArea::PanelArea(QWidget* panel) {
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
  return {std::min(least.width(), window()->width() / 3),
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

void PanelArea::showEvent(QShowEvent* event) {
  window()->installEventFilter(this);
  updateGeometry();
  QScrollArea::showEvent(event);
}

}  // namespace geneglass
