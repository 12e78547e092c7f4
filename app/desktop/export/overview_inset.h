// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>
#include <vector>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/overlay.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// The whole slide, small, in the upper right corner with the outline of the view: left of the mark of the
/// orientation where that is there, above the legend. Not where all of the slide is in view, nor where there
/// is no room. GUI thread.
class OverviewInset final : public Overlay {
 public:
  /// What else stands in the picture's corners.
  struct Neighbours {
    bool hasOrientation = false;
    std::vector<OverlayLayer> legend = {};  ///< the layers it tells of; none: there is no legend
  };
  /// `thumbnail`: all of level 0 as it was scanned, not null.
  OverviewInset(std::shared_ptr<const Slide> slide, const QImage& thumbnail, const DisplayColour& colour,
                Neighbours neighbours);

  /// Where it stands; empty where it does not.
  QRectF place(double unit, const Viewport& viewport) const;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  const std::shared_ptr<const Slide> m_slide;
  const QImage m_picture;
  const Neighbours m_neighbours;
};

}  // namespace geneglass
