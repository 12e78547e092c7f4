// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/annotating/tool_choice.h"
#include "viewer/annotation/shape.h"
#include "viewer/canvas/canvas_tool.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// Takes a shape that was drawn to its end.
using OnDrawn = std::function<void(Shape)>;

/// Rectangle or ellipse: from where the button went down to where it came up. What
/// is smaller than three screen pixels is a slip and drawn by nobody.
class DragTool final : public CanvasTool {
 public:
  DragTool(AnnotatingTool kind, const std::optional<Mpp>& mpp, OnDrawn onDrawn)
      : m_kind(kind), m_mpp(mpp), m_onDrawn(std::move(onDrawn)) {}
  bool press(const Hand& hand) override;
  bool drag(const Hand& hand) override;
  bool release(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  Shape shape() const;

  AnnotatingTool m_kind;
  std::optional<Mpp> m_mpp;
  OnDrawn m_onDrawn;
  std::optional<Hand> m_from;
  Hand m_to;
};

/// Polygon, ruler and angle, click by click.
class ClickTool final : public CanvasTool {
 public:
  /// `enough` points end it; 0: as many as the user likes, closed by a double click, Enter, or a click on the
  /// first.
  ClickTool(AnnotatingTool kind, size_t enough, const std::optional<Mpp>& mpp, OnDrawn onDrawn)
      : m_kind(kind), m_enough(enough), m_mpp(mpp), m_onDrawn(std::move(onDrawn)) {}
  bool press(const Hand& hand) override;
  bool drag(const Hand& hand) override;
  bool release(const Hand& hand) override;
  bool hover(const Hand& hand) override;
  bool doubleClick(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  void add(Point point);
  void finish();
  bool isOnFirst(const Hand& hand) const;
  Shape shapeOf(const std::vector<Point>& points) const;  ///< two corners of an area are a line yet

  AnnotatingTool m_kind;
  size_t m_enough;
  std::optional<Mpp> m_mpp;
  OnDrawn m_onDrawn;
  std::vector<Point> m_points;
  Hand m_hand;
};

/// Freehand: the line of the hand, closed at the end.
class FreehandTool final : public CanvasTool {
 public:
  FreehandTool(const std::optional<Mpp>& mpp, OnDrawn onDrawn) : m_mpp(mpp), m_onDrawn(std::move(onDrawn)) {}
  bool press(const Hand& hand) override;
  bool drag(const Hand& hand) override;
  bool release(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  std::optional<Mpp> m_mpp;
  OnDrawn m_onDrawn;
  std::vector<Point> m_line;
  Point m_last;  ///< device pixels
};

/// One click, one place.
class PlaceTool final : public CanvasTool {
 public:
  explicit PlaceTool(std::function<void(Point)> onPlace) : m_onPlace(std::move(onPlace)) {}
  bool press(const Hand& hand) override;
  bool drag(const Hand&) override { return false; }
  bool release(const Hand&) override { return false; }
  bool doubleClick(const Hand& hand) override { return press(hand); }

 private:
  std::function<void(Point)> m_onPlace;
};

/// Brush and eraser: a stroke as wide as the choice says.
class BrushTool final : public CanvasTool {
 public:
  /// Told the stroke's line and its radius, level-0 pixels.
  using OnStroke = std::function<void(const std::vector<Point>&, double radius)>;
  BrushTool(ToolChoice& choice, OnStroke onStroke) : m_choice(choice), m_onStroke(std::move(onStroke)) {}
  bool press(const Hand& hand) override;
  bool drag(const Hand& hand) override;
  bool release(const Hand& hand) override;
  bool hover(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  QCursor cursor() const override { return Qt::BlankCursor; }
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  ToolChoice& m_choice;
  OnStroke m_onStroke;
  std::vector<Point> m_line;
  std::optional<Hand> m_hand;
};

}  // namespace geneglass
