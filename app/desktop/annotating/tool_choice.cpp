// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/tool_choice.h"

#include <QtGlobal>
#include <algorithm>
#include <array>

namespace geneglass {
namespace {

constexpr double kSmallestBrush = 2, kLargestBrush = 400;

constexpr std::array kTools{
    ToolFacts{AnnotatingTool::Select, QT_TRANSLATE_NOOP("ToolChoice", "Select"),
              QT_TRANSLATE_NOOP("ToolChoice",
                                "Click selects, drag moves or edits a corner; elsewhere it pans. "
                                "Double click on an edge: a new corner. Delete: away with it."),
              Qt::Key_V},
    ToolFacts{AnnotatingTool::Rectangle, QT_TRANSLATE_NOOP("ToolChoice", "Rectangle"),
              QT_TRANSLATE_NOOP("ToolChoice", "Drag from corner to corner; Shift makes it a square."),
              Qt::Key_U},
    ToolFacts{AnnotatingTool::Ellipse, QT_TRANSLATE_NOOP("ToolChoice", "Ellipse"),
              QT_TRANSLATE_NOOP("ToolChoice", "Drag across its box; Shift makes it a circle."), Qt::Key_O},
    ToolFacts{AnnotatingTool::Polygon, QT_TRANSLATE_NOOP("ToolChoice", "Polygon"),
              QT_TRANSLATE_NOOP("ToolChoice",
                                "Click corner by corner; a double click or Enter closes it, "
                                "Backspace takes one back, Esc all."),
              Qt::Key_G},
    ToolFacts{AnnotatingTool::Freehand, QT_TRANSLATE_NOOP("ToolChoice", "Freehand"),
              QT_TRANSLATE_NOOP("ToolChoice", "Draw around it with the button held."), Qt::Key_D},
    ToolFacts{AnnotatingTool::Wand, QT_TRANSLATE_NOOP("ToolChoice", "Wand"),
              QT_TRANSLATE_NOOP("ToolChoice",
                                "Press on a colour: what is connected and alike; drag right for more, left "
                                "for less. Begun inside a selected area it adds to it."),
              Qt::Key_W},
    ToolFacts{AnnotatingTool::Brush, QT_TRANSLATE_NOOP("ToolChoice", "Brush"),
              QT_TRANSLATE_NOOP("ToolChoice",
                                "Paint; begun inside a selected area it adds to it. [ and ] change "
                                "its size."),
              Qt::Key_B},
    ToolFacts{AnnotatingTool::Eraser, QT_TRANSLATE_NOOP("ToolChoice", "Eraser"),
              QT_TRANSLATE_NOOP("ToolChoice",
                                "Takes away from the selected areas, or from those under it where "
                                "none is selected. [ and ] change its size."),
              Qt::Key_X},
    ToolFacts{AnnotatingTool::Point, QT_TRANSLATE_NOOP("ToolChoice", "Point"),
              QT_TRANSLATE_NOOP("ToolChoice", "A click marks a place."), Qt::Key_T},
    ToolFacts{AnnotatingTool::Counter, QT_TRANSLATE_NOOP("ToolChoice", "Counter"),
              QT_TRANSLATE_NOOP("ToolChoice", "Each click counts one more of the class."), Qt::Key_K},
    ToolFacts{AnnotatingTool::Ruler, QT_TRANSLATE_NOOP("ToolChoice", "Ruler"),
              QT_TRANSLATE_NOOP("ToolChoice", "Drag from end to end, or click both ends."), Qt::Key_L},
    ToolFacts{AnnotatingTool::Angle, QT_TRANSLATE_NOOP("ToolChoice", "Angle"),
              QT_TRANSLATE_NOOP("ToolChoice", "Click the end of one arm, the vertex, the end of the other."),
              Qt::Key_N}};

}  // namespace

std::span<const ToolFacts> annotatingTools() {
  return kTools;
}

void ToolChoice::setTool(AnnotatingTool tool) {
  if (tool == m_tool) return;
  m_tool = tool;
  Q_EMIT changed();
}

void ToolChoice::setClassName(const std::string& name) {
  if (name == m_className) return;
  m_className = name;
  Q_EMIT changed();
}

void ToolChoice::setBrushRadius(double radius) {
  radius = std::clamp(radius, kSmallestBrush, kLargestBrush);
  if (radius == m_brushRadius) return;
  m_brushRadius = radius;
  Q_EMIT changed();
}

}  // namespace geneglass
