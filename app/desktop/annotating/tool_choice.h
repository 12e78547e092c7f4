// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>
#include <QString>
#include <span>
#include <string>

namespace geneglass {

/// What the left mouse button does on the canvases of a window.
enum class AnnotatingTool {
  Select,  ///< selects, moves, edits; pans where there is nothing
  Rectangle,
  Ellipse,
  Polygon,
  Freehand,
  Wand,
  Brush,
  Eraser,
  Point,
  Counter,
  Ruler,
  Angle
};

/// A tool as buttons and menus show it.
struct ToolFacts {
  AnnotatingTool tool;
  const char* name;  ///< to be translated
  const char* hint;  ///< how it is used, one sentence
  Qt::Key key;
};
std::span<const ToolFacts> annotatingTools();  ///< in the order of the enumeration

/// Which tool, which class and which brush the user has in hand: one choice for all panes of a window. GUI
/// thread.
class ToolChoice final : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  AnnotatingTool tool() const { return m_tool; }
  const std::string& className() const { return m_className; }  ///< of what is drawn next; empty for none
  double brushRadius() const { return m_brushRadius; }          ///< device pixels
  void setTool(AnnotatingTool tool);
  void setClassName(const std::string& name);
  void setBrushRadius(double radius);  ///< limited to 2 to 400

 Q_SIGNALS:
  void changed();

 private:
  AnnotatingTool m_tool = AnnotatingTool::Select;
  std::string m_className;
  double m_brushRadius = 24;
};

}  // namespace geneglass
