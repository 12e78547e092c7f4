// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/peek_key.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWidget>
#include <utility>

namespace geneglass {

PeekKey::PeekKey(Qt::Key key, QWidget& window) : QObject(&window), m_key(key), m_window(window) {
  qApp->installEventFilter(this);
}

bool PeekKey::isForWindow() const {
  const QWidget* focus = QApplication::focusWidget();
  return QApplication::activeWindow() == &m_window &&
         !(focus && focus->testAttribute(Qt::WA_InputMethodEnabled));
}

void PeekKey::comeUp() {
  if (!std::exchange(m_isDown, false)) return;
  if (m_since.elapsed() > kTapMilliseconds) Q_EMIT turned();
}

/// One key event passes here several times, on its way up from the widget that has the focus.
bool PeekKey::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::WindowDeactivate && watched == &m_window) comeUp();
  if (event->type() != QEvent::KeyPress && event->type() != QEvent::KeyRelease) return false;
  const auto& key = static_cast<const QKeyEvent&>(*event);
  if (key.key() != m_key || (key.modifiers() & ~Qt::KeypadModifier) || !watched->isWidgetType()) return false;
  if (event->type() == QEvent::KeyRelease) {
    const bool mine = m_isDown;
    if (!key.isAutoRepeat()) comeUp();
    return mine;
  }
  if (!m_isDown && !isForWindow()) return false;
  if (!key.isAutoRepeat() && !m_isDown) {
    m_isDown = true;
    m_since.start();
    Q_EMIT turned();
  }
  return true;
}

}  // namespace geneglass
