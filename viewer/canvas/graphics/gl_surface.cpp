// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/graphics/gl_surface.h"

#include <QOpenGLContext>
#include <utility>

#include "viewer/canvas/graphics/gl_format.h"

namespace geneglass {

GlSurface::GlSurface(QWidget* canvas, std::function<void()> paint, std::function<void()> release,
                     std::function<void()> lost)
    : QOpenGLWidget(canvas),
      m_paint(std::move(paint)),
      m_release(std::move(release)),
      m_lost(std::move(lost)) {
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

bool GlSurface::hasContext() const {
  return isValid() && QOpenGLContext::currentContext() == context();
}

void GlSurface::paintGL() {
  if (hasContext()) m_paint();
}

/// Qt makes a context before the first frame, or says nothing. Of one that was lost it would put the picture
/// into the window after this, which ends the program: so it is hidden at once.
void GlSurface::paintEvent(QPaintEvent* event) {
  if (m_isLost) return;
  const bool isGone = context() && !context()->isValid();
  if (!isGone) QOpenGLWidget::paintEvent(event);
  if (isValid()) return;
  m_isLost = true;
  hide();
  QMetaObject::invokeMethod(this, m_lost, Qt::QueuedConnection);
}

}  // namespace geneglass
