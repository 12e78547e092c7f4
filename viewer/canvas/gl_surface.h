// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLWidget>
#include <functional>

namespace geneglass {

/// What a canvas is drawn on by a graphics processor: lies in it and lets the hand through.
class GlSurface final : public QOpenGLWidget {
 public:
  /// `paint` and `release` are called with the context current; `release` before that goes.
  GlSurface(QWidget* canvas, std::function<void()> paint, std::function<void()> release);

 protected:
  void initializeGL() override;
  void paintGL() override { m_paint(); }

 private:
  const std::function<void()> m_paint;
  const std::function<void()> m_release;
};

}  // namespace geneglass
