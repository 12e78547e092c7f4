// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// The whole slide, small, turned and mirrored as the view is, with the outline of that. A click or drag
/// moves the view there. GUI thread.
class OverviewMap final : public QWidget {
  Q_OBJECT

 public:
  explicit OverviewMap(QWidget* parent = nullptr);
  void showSlide(std::shared_ptr<const Slide> slide,
                 QImage thumbnail);  ///< the thumbnail covers all of level 0
  void setViewport(const Viewport& viewport);
  void setDisplayColour(DisplayColour colour);  ///< the same as the canvas has
  QSize sizeHint() const override;

 Q_SIGNALS:
  void centreWanted(geneglass::Point slide);  ///< level-0 pixels

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  Viewport whole() const;  ///< the slide fitted into the widget, widget pixels
  Point toSlide(QPointF position) const;
  const QImage& pictureOf(QSize pixels);  ///< the thumbnail as it is shown, made again when something changed

  std::shared_ptr<const Slide> m_slide;
  QImage m_thumbnail;
  DisplayColour m_colour;
  QImage m_shown;  ///< null: to be made again
  Viewport m_viewport;
};

}  // namespace geneglass
