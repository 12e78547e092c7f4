// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOffscreenSurface>
#include <QOpenGLContext>

#include "viewer/canvas/graphics/gl_format.h"
#include "viewer/canvas/graphics/gl_program.h"

namespace geneglass {

/// An OpenGL context without a window, current while it lives. GUI thread.
struct OffScreen {
  OffScreen() {
    surface.setFormat(glFormat());
    surface.create();
    context.setFormat(glFormat());
    gl = context.create() && context.makeCurrent(&surface) ? currentGl() : nullptr;
  }
  ~OffScreen() { context.doneCurrent(); }
  OffScreen(const OffScreen&) = delete;
  OffScreen& operator=(const OffScreen&) = delete;

  QOffscreenSurface surface;
  QOpenGLContext context;
  Gl* gl = nullptr;  ///< null where there is no OpenGL 3.3
};

}  // namespace geneglass
