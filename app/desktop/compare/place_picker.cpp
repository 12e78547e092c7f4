// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/compare/place_picker.h"

#include <cmath>

namespace geneglass {

void PlacePicker::add(Point place) {
  if (isComplete()) return;
  m_places.push_back(place);
  m_changed();
}

bool PlacePicker::press(const Hand& hand) {
  m_pressed = hand.screen;
  return !isComplete();
}

/// A drag is no click.
bool PlacePicker::release(const Hand& hand) {
  constexpr double kReach = 6;
  if (std::hypot(hand.screen.x - m_pressed.x, hand.screen.y - m_pressed.y) <= kReach) add(hand.slide);
  return true;
}

bool PlacePicker::key(int key, Qt::KeyboardModifiers) {
  if (key == Qt::Key_Return || key == Qt::Key_Enter) {
    add(m_middle());
    return true;
  }
  if (key == Qt::Key_Backspace && !m_places.empty()) {
    m_places.pop_back();
    m_changed();
    return true;
  }
  if (key != Qt::Key_Escape) return false;
  m_givenUp();
  return true;
}

void PlacePicker::paint(QPainter& painter, const Viewport& viewport) const {
  constexpr double kArm = 11;
  const auto cross = [&](QPointF at, double arm) {
    for (const QPen& pen : {QPen(Qt::white, 4), QPen(QColor(20, 90, 200), 2)}) {
      painter.setPen(pen);
      painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0));
      painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm));
    }
  };
  painter.save();
  QFont bold = painter.font();
  bold.setBold(true);
  painter.setFont(bold);
  for (size_t i = 0; i < m_places.size(); ++i) {
    const Point screen = viewport.toScreen(m_places[i]);
    const QPointF at(screen.x, screen.y);
    cross(at, kArm);
    const QRectF plate(at + QPointF(kArm + 2, -kArm - 10), QSizeF(20, 20));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(20, 90, 200));
    painter.drawEllipse(plate);
    painter.setPen(Qt::white);
    painter.drawText(plate, Qt::AlignCenter, QString::number(i + 1));
  }
  if (!isComplete()) cross({viewport.width / 2, viewport.height / 2}, kArm / 2);
  painter.restore();
}

}  // namespace geneglass
