// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLWidget>
#include <functional>

namespace geneglass {

/// What a canvas is drawn on by a graphics processor: lies in it and lets the hand through.
class GlSurface final : public QOpenGLWidget {
 public:
  /// `paint` and `release` are called with the context current; `release` before that goes, and again `paint`
  /// where another takes its place. `lost`, once, from the event loop: there is none, and none will come.
  GlSurface(QWidget* canvas, std::function<void()> paint, std::function<void()> release,
            std::function<void()> lost);

 protected:
  void initializeGL() override;
  void paintGL() override;
  void paintEvent(QPaintEvent* event) override;

 private:
  bool hasContext() const;

  const std::function<void()> m_paint;
  const std::function<void()> m_release;
  const std::function<void()> m_lost;
  bool m_isLost = false;
};

}  // namespace geneglass
