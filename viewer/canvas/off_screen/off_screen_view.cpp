// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/off_screen/off_screen_view.h"

#include <QOpenGLFramebufferObject>
#include <QPainter>
#include <utility>

#include "viewer/canvas/off_screen/off_screen.h"

namespace geneglass {

struct OffScreenView::Parts {
  std::unique_ptr<OffScreen> screen;  ///< none on a raster
  std::unique_ptr<QOpenGLFramebufferObject> frame;
  QImage raster;  ///< what the window's own picture would be
  std::unique_ptr<SlideRenderer> renderer;
};

OffScreenView::OffScreenView() : m_parts(std::make_unique<Parts>()) {}

OffScreenView::~OffScreenView() = default;

Result<std::unique_ptr<OffScreenView>> OffScreenView::make(Size screen) {
  std::unique_ptr<OffScreenView> view(new OffScreenView());
  Parts& parts = *view->m_parts;
  const QSize size(static_cast<int>(screen.width), static_cast<int>(screen.height));
  if (usualSurface() == Surface::Raster) {
    parts.raster = QImage(size, QImage::Format_RGB32);
    return view;
  }
  parts.screen = std::make_unique<OffScreen>();
  if (!parts.screen->gl) return fail("Cannot draw: there is no OpenGL 3.3 here.");
  parts.frame = std::make_unique<QOpenGLFramebufferObject>(size);
  if (!parts.frame->isValid() || !parts.frame->bind())
    return fail("Cannot draw: the graphics memory is too small for the picture.");
  return view;
}

void OffScreenView::showSlide(std::shared_ptr<const Slide> slide, std::shared_ptr<TileCache> cache,
                              RenderBudget budget) {
  m_parts->renderer.reset();
  m_parts->renderer =
      std::make_unique<SlideRenderer>(std::move(slide), std::move(cache), usualSurface(), budget);
}

FrameReport OffScreenView::draw(const Viewport& viewport, const FrameContext& context,
                                const std::vector<OverlayLayer>& layers) {
  FrameReport report = m_parts->renderer->draw(viewport, layers, {}, context);
  if (m_parts->screen)
    m_parts->screen->gl->glFinish();
  else
    QPainter(&m_parts->raster).drawImage(0, 0, m_parts->renderer->picture());
  return report;
}

bool OffScreenView::makeRoom() {
  return m_parts->renderer->makeRoom();
}

bool OffScreenView::drawsInSoftware() const {
  return !m_parts->screen;
}

}  // namespace geneglass
