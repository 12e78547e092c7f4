// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/overview_inset.h"

#include <algorithm>
#include <utility>

#include "app/desktop/export/orientation_mark.h"
#include "viewer/canvas/legend.h"
#include "viewer/canvas/overview_picture.h"
#include "viewer/canvas/painting/shown_picture.h"
#include "viewer/canvas/plate.h"
#include "viewer/canvas/scale_bar.h"

namespace geneglass {
namespace {

constexpr double kLongSide = 180;  ///< units of design, as what follows
constexpr double kLeastSide = 40;
constexpr double kOverviewMargin = 12;
constexpr double kMostShare = 0.28;  ///< of the picture's sides; the upper left is the caption's

}  // namespace

OverviewInset::OverviewInset(std::shared_ptr<const Slide> slide, const QImage& thumbnail,
                             const DisplayColour& colour, Neighbours neighbours)
    : m_slide(std::move(slide)),
      m_picture(shownAs(thumbnail.convertToFormat(QImage::Format_RGB32), colour)),
      m_neighbours(std::move(neighbours)) {}

QRectF OverviewInset::place(double unit, const Viewport& viewport) const {
  const Size size = m_slide->size();
  const Rect seen = viewport.visible();
  if (seen.contains({0, 0}) && seen.contains({double(size.width), double(size.height)})) return {};
  const QSizeF screen(viewport.width, viewport.height);
  const double margin = kOverviewMargin * unit;
  double right = screen.width() - margin;
  if (m_neighbours.hasOrientation) right = orientationRoom(unit, viewport).left() - margin;
  const QRectF legend = legendRoom(unit, screen, m_neighbours.legend);
  const double bottom =
      std::min(scaleBarRoom(unit, screen).top(), legend.isEmpty() ? screen.height() : legend.top()) - margin;
  const double side = std::min({kLongSide * unit, kMostShare * screen.width(), right - margin});
  const QSizeF turned = turnedSize(size, viewport.rotation);
  const double shrink =
      std::min(side / std::max(turned.width(), turned.height()),
               std::min(bottom - margin, kMostShare * 2 * screen.height()) / turned.height());
  const QSizeF small = turned * shrink;
  if (std::max(small.width(), small.height()) < kLeastSide * unit || shrink <= 0) return {};
  return {QPointF(right - small.width(), margin), small};
}

void OverviewInset::paint(QPainter& painter, const Viewport& viewport) const {
  const double unit = plateUnit(painter);
  const QRectF at = place(unit, viewport);
  if (at.isEmpty()) return;
  painter.save();
  painter.translate(at.topLeft());
  painter.setClipRect(QRectF({}, at.size()), Qt::IntersectClip);
  paintOverview(painter, at.size(), m_slide->size(), m_picture, viewport, unit);
  painter.setPen(QPen(plateFaintInk(), 2 * unit));  // half of it is seen
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(QRectF({}, at.size()));
  painter.restore();
}

}  // namespace geneglass
