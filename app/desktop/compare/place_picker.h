// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "viewer/canvas/canvas_tool.h"

namespace geneglass {

/// Takes places on one canvas, one a click, or one under the middle by Enter; Backspace takes the last back,
/// Escape gives up. GUI thread.
class PlacePicker final : public CanvasTool {
 public:
  static constexpr size_t kPlaces = 3;

  /// `middle` of the view, level-0 pixels.
  PlacePicker(std::function<Point()> middle, std::function<void()> changed, std::function<void()> givenUp)
      : m_middle(std::move(middle)), m_changed(std::move(changed)), m_givenUp(std::move(givenUp)) {}

  const std::vector<Point>& places() const { return m_places; }  ///< level-0 pixels
  bool isComplete() const { return m_places.size() == kPlaces; }

  bool press(const Hand& hand) override;
  bool drag(const Hand&) override { return true; }
  bool release(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  void add(Point place);

  const std::function<Point()> m_middle;
  const std::function<void()> m_changed;
  const std::function<void()> m_givenUp;
  std::vector<Point> m_places;
  Point m_pressed;  ///< device pixels
};

}  // namespace geneglass
