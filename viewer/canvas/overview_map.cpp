// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/overview_map.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "viewer/canvas/empty_glass.h"
#include "viewer/canvas/overview_picture.h"
#include "viewer/canvas/painting/shown_picture.h"

namespace geneglass {
OverviewMap::OverviewMap(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Overview"));
  setAccessibleDescription(tr("The whole slide. A click moves the view there."));
  setMinimumSize(100, 80);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setCursor(Qt::CrossCursor);
}

void OverviewMap::showSlide(std::shared_ptr<const Slide> slide, QImage thumbnail) {
  m_slide = std::move(slide);
  m_thumbnail = std::move(thumbnail);
  m_shown = {};
  update();
}

void OverviewMap::setDisplayColour(DisplayColour colour) {
  m_colour = std::move(colour);
  m_shown = {};
  update();
}

const QImage& OverviewMap::pictureOf(QSize pixels) {
  if (m_shown.size() != pixels)
    m_shown = shownAs(m_thumbnail.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                          .convertToFormat(QImage::Format_RGB32),
                      m_colour);
  return m_shown;
}

void OverviewMap::setViewport(const Viewport& viewport) {
  m_viewport = viewport;
  update();
}

QSize OverviewMap::sizeHint() const {
  return {220, 180};
}

/// The slide, fitted into the widget as it lies on the canvas.
Viewport OverviewMap::whole() const {
  return m_slide ? wholeSlide(m_slide->size(), m_viewport, size()) : Viewport();
}

Point OverviewMap::toSlide(QPointF position) const {
  const Point slide = whole().toSlide({position.x(), position.y()});
  const Size size = m_slide->size();
  return {std::clamp(slide.x, 0.0, static_cast<double>(size.width)),
          std::clamp(slide.y, 0.0, static_cast<double>(size.height))};
}

void OverviewMap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!m_slide) return painter.fillRect(rect(), emptyGlassColour());
  const Size slide = m_slide->size();
  const double shrink = devicePixelRatioF() / whole().downsample;
  const QSize pixels = (QSizeF(double(slide.width), double(slide.height)) * shrink).toSize();
  const QImage picture = m_thumbnail.isNull() ? QImage() : pictureOf(pixels.expandedTo({1, 1}));
  paintOverview(painter, size(), slide, picture, m_viewport);
}

void OverviewMap::mousePressEvent(QMouseEvent* event) {
  if (m_slide && event->button() == Qt::LeftButton) Q_EMIT centreWanted(toSlide(event->position()));
}

void OverviewMap::mouseMoveEvent(QMouseEvent* event) {
  if (m_slide && event->buttons() & Qt::LeftButton) Q_EMIT centreWanted(toSlide(event->position()));
}

}  // namespace geneglass
