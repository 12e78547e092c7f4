// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/overview_map.h"

#include <QMouseEvent>
#include <QPainter>
#include <QtMath>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viewer/canvas/empty_glass.h"
#include "viewer/canvas/painting/shown_picture.h"

namespace geneglass {
namespace {

/// Below this the outline is too small to see, so a cross stands in for it. Widget pixels.
constexpr double kSmallestOutline = 6;

}  // namespace

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
  if (!m_slide) return {};
  const Size size = m_slide->size();
  const Point middle{static_cast<double>(size.width) / 2, static_cast<double>(size.height) / 2};
  const QSizeF turned = turnedSize(size, m_viewport.rotation);
  Viewport map =
      fit({middle.x - turned.width() / 2, middle.y - turned.height() / 2, turned.width(), turned.height()},
          width(), height());
  map.rotation = m_viewport.rotation;
  map.isMirrored = m_viewport.isMirrored;
  return map;
}

QSizeF OverviewMap::turnedSize(Size size, double rotation) {
  const double cosine = std::abs(std::cos(rotation)), sine = std::abs(std::sin(rotation));
  const auto wide = static_cast<double>(size.width), high = static_cast<double>(size.height);
  return {wide * cosine + high * sine, wide * sine + high * cosine};
}

Point OverviewMap::toSlide(QPointF position) const {
  const Point slide = whole().toSlide({position.x(), position.y()});
  const Size size = m_slide->size();
  return {std::clamp(slide.x, 0.0, static_cast<double>(size.width)),
          std::clamp(slide.y, 0.0, static_cast<double>(size.height))};
}

QPolygonF OverviewMap::outline() const {
  QPolygonF corners;
  const Viewport map = whole();
  for (const Point screen : {Point{0, 0}, Point{m_viewport.width, 0},
                             Point{m_viewport.width, m_viewport.height}, Point{0, m_viewport.height}}) {
    const Point corner = map.toScreen(m_viewport.toSlide(screen));
    corners << QPointF(corner.x, corner.y);
  }
  return corners;
}

void OverviewMap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), emptyGlassColour());
  if (!m_slide) return;
  const Viewport map = whole();
  const double wide = static_cast<double>(m_slide->size().width) / map.downsample;
  const double high = static_cast<double>(m_slide->size().height) / map.downsample;
  const QRectF area(-wide / 2, -high / 2, wide, high);
  painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
  painter.save();
  painter.translate(width() / 2.0, height() / 2.0);
  painter.scale(map.isMirrored ? -1 : 1, 1);
  painter.rotate(qRadiansToDegrees(map.rotation));
  painter.fillRect(area, Qt::white);
  if (!m_thumbnail.isNull())
    painter.drawImage(area, pictureOf((area.size() * devicePixelRatioF()).toSize().expandedTo({1, 1})));
  painter.restore();
  const QPolygonF view = outline();
  const QRectF box = view.boundingRect();
  const bool tiny = box.width() < kSmallestOutline && box.height() < kSmallestOutline;
  for (const QPen& pen : {QPen(Qt::white, 3.5), QPen(QColor(200, 30, 60), 1.5)}) {
    painter.setPen(pen);
    if (!tiny) {
      painter.drawPolygon(view);
      continue;
    }
    const QPointF centre = box.center();
    painter.drawLine(centre - QPointF(6, 0), centre + QPointF(6, 0));
    painter.drawLine(centre - QPointF(0, 6), centre + QPointF(0, 6));
  }
}

void OverviewMap::mousePressEvent(QMouseEvent* event) {
  if (m_slide && event->button() == Qt::LeftButton) Q_EMIT centreWanted(toSlide(event->position()));
}

void OverviewMap::mouseMoveEvent(QMouseEvent* event) {
  if (m_slide && event->buttons() & Qt::LeftButton) Q_EMIT centreWanted(toSlide(event->position()));
}

}  // namespace geneglass
