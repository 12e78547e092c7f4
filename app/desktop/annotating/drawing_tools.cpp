// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/drawing_tools.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/desktop/annotating/hand_pen.h"
#include "app/desktop/annotating/measure_label.h"
#include "app/desktop/case/measure_text.h"
#include "viewer/canvas/plate.h"

namespace geneglass {
namespace {

constexpr double kSlip = 3;     ///< device pixels: what a hand moves without meaning to
constexpr double kOnPoint = 9;  ///< device pixels: a click that means an existing point
constexpr double kBrushStep = 1.25;

double apart(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

}  // namespace

bool DragTool::press(const Hand& hand) {
  m_from = m_to = hand;
  return true;
}

bool DragTool::drag(const Hand& hand) {
  m_to = hand;
  return m_from.has_value();
}

bool DragTool::release(const Hand& hand) {
  if (!m_from) return false;
  m_to = hand;
  const bool meant = apart(m_from->screen, hand.screen) > kSlip;
  const Shape drawn = shape();
  m_from.reset();
  if (meant) m_onDrawn(drawn);
  return true;
}

bool DragTool::key(int key, Qt::KeyboardModifiers) {
  if (key != Qt::Key_Escape || !m_from) return false;
  m_from.reset();
  return true;
}

Shape DragTool::shape() const {
  const Point from = m_from->slide;
  Point to = m_to.slide;
  if (m_to.modifiers & Qt::ShiftModifier) {
    const double side = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y));
    to = {from.x + std::copysign(side, to.x - from.x), from.y + std::copysign(side, to.y - from.y)};
  }
  const Rect box{std::min(from.x, to.x), std::min(from.y, to.y), std::abs(to.x - from.x),
                 std::abs(to.y - from.y)};
  if (m_kind == AnnotatingTool::Ellipse)
    return Ellipse{{box.x + box.width / 2, box.y + box.height / 2}, box.width / 2, box.height / 2, 0};
  return rectangleArea(box);
}

void DragTool::paint(QPainter& painter, const Viewport& viewport) const {
  if (m_from) paintMeasured(painter, viewport, shape(), m_mpp, m_to.slide);
}

bool ClickTool::press(const Hand& hand) {
  m_hand = hand;
  if (m_enough == 0 && m_points.size() > 2 && isOnFirst(hand))
    finish();
  else
    add(hand.slide);
  return true;
}

bool ClickTool::drag(const Hand& hand) {
  return hover(hand);
}

/// A ruler may be drawn at one go.
bool ClickTool::release(const Hand& hand) {
  m_hand = hand;
  const bool dragged =
      m_enough == 2 && m_points.size() == 1 && apart(m_points.front(), hand.slide) > kSlip * hand.downsample;
  if (dragged) add(hand.slide);
  return true;
}

bool ClickTool::hover(const Hand& hand) {
  m_hand = hand;
  return !m_points.empty();
}

/// Its first press has set the last point.
bool ClickTool::doubleClick(const Hand&) {
  if (m_enough == 0 && m_points.size() > 2) finish();
  return true;
}

bool ClickTool::key(int key, Qt::KeyboardModifiers) {
  if (m_points.empty()) return false;
  if (key == Qt::Key_Escape)
    m_points.clear();
  else if (key == Qt::Key_Backspace)
    m_points.pop_back();
  else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_enough == 0 && m_points.size() > 2)
    finish();
  else
    return false;
  return true;
}

void ClickTool::add(Point point) {
  if (!m_points.empty() && m_points.back() == point) return;
  m_points.push_back(point);
  if (m_points.size() == m_enough) finish();
}

void ClickTool::finish() {
  m_onDrawn(shapeOf(std::exchange(m_points, {})));
}

Shape ClickTool::shapeOf(const std::vector<Point>& points) const {
  if (points.size() < 3 || m_kind == AnnotatingTool::Ruler) return Path{points};
  if (m_kind == AnnotatingTool::Angle) return Angle{points[0], points[1], points[2]};
  return Area{{{points, {}}}};
}

bool ClickTool::isOnFirst(const Hand& hand) const {
  return apart(m_points.front(), hand.slide) <= kOnPoint * hand.downsample;
}

void ClickTool::paint(QPainter& painter, const Viewport& viewport) const {
  if (m_points.empty()) return;
  std::vector<Point> line = m_points;
  line.push_back(m_hand.slide);
  paintInHand(painter, viewport, Path{line});
  paintCorners(painter, viewport, m_points);
  paintLabel(painter, screenPoint(viewport, m_hand.slide), measuresOf(shapeOf(line), m_mpp));
}

bool FreehandTool::press(const Hand& hand) {
  m_line = {hand.slide};
  m_last = hand.screen;
  return true;
}

bool FreehandTool::drag(const Hand& hand) {
  if (m_line.empty() || apart(hand.screen, m_last) < kSlip / 2) return false;
  m_line.push_back(hand.slide);
  m_last = hand.screen;
  return true;
}

bool FreehandTool::release(const Hand&) {
  std::vector<Point> line = std::exchange(m_line, {});
  if (line.size() > 2) m_onDrawn(Area{{{std::move(line), {}}}});
  return true;
}

bool FreehandTool::key(int key, Qt::KeyboardModifiers) {
  if (key != Qt::Key_Escape || m_line.empty()) return false;
  m_line.clear();
  return true;
}

void FreehandTool::paint(QPainter& painter, const Viewport& viewport) const {
  if (m_line.size() < 2) return;
  paintInHand(painter, viewport, Path{m_line});
  paintLabel(painter, screenPoint(viewport, m_line.back()), measuresOf(Area{{{m_line, {}}}}, m_mpp));
}

bool PlaceTool::press(const Hand& hand) {
  m_onPlace(hand.slide);
  return true;
}

bool BrushTool::press(const Hand& hand) {
  m_hand = hand;
  m_line = {hand.slide};
  return true;
}

bool BrushTool::drag(const Hand& hand) {
  m_hand = hand;
  if (!m_line.empty() && apart(m_line.back(), hand.slide) > hand.downsample) m_line.push_back(hand.slide);
  return true;
}

bool BrushTool::release(const Hand& hand) {
  const std::vector<Point> line = std::exchange(m_line, {});
  if (!line.empty()) m_onStroke(line, m_choice.brushRadius() * hand.downsample);
  return true;
}

bool BrushTool::hover(const Hand& hand) {
  m_hand = hand;
  return true;
}

bool BrushTool::key(int key, Qt::KeyboardModifiers) {
  if (key == Qt::Key_BracketLeft)
    m_choice.setBrushRadius(m_choice.brushRadius() / kBrushStep);
  else if (key == Qt::Key_BracketRight)
    m_choice.setBrushRadius(m_choice.brushRadius() * kBrushStep);
  else if (key == Qt::Key_Escape && !m_line.empty())
    m_line.clear();
  else
    return false;
  return true;
}

void BrushTool::paint(QPainter& painter, const Viewport& viewport) const {
  if (!m_hand) return;
  const double radius = m_choice.brushRadius();
  if (!m_line.empty()) {
    QPolygonF line;
    for (const Point point : m_line) line << screenPoint(viewport, point);
    if (line.size() == 1) line << line.front() + QPointF(0.01, 0);
    painter.setPen(QPen(QColor(255, 255, 255, 110), 2 * radius, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
  }
  const QPointF middle = screenPoint(viewport, m_hand->slide);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(20, 24, 28), 2.5 * plateUnit(painter)));
  painter.drawEllipse(middle, radius, radius);
  painter.setPen(QPen(Qt::white, plateUnit(painter)));
  painter.drawEllipse(middle, radius, radius);
}

}  // namespace geneglass
