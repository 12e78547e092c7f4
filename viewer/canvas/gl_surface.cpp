// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/gl_surface.h"

#include <QOpenGLContext>
#include <utility>

#include "viewer/canvas/gl_format.h"

namespace geneglass {

GlSurface::GlSurface(QWidget* canvas, std::function<void()> paint, std::function<void()> release)
    : QOpenGLWidget(canvas), m_paint(std::move(paint)), m_release(std::move(release)) {
  setFormat(glFormat());
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  setAccessibleName(canvas->accessibleName());
}

void GlSurface::initializeGL() {
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] {
    makeCurrent();
    m_release();
    doneCurrent();
  });
}

}  // namespace geneglass
