// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainter>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/heatmap.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// What the colours stand for that an overlay paints itself.
struct OverlayKey {
  struct Line {
    QColor colour;
    QString text;
  };
  QString title;            ///< "Scanned area"
  std::vector<Line> lines;  ///< none: there is no legend
  QString note = {};        ///< faint, under them: "not judged here"
};

/// One thing that lies over a slide. Constant once made; a new scene makes a new overlay. GUI thread.
class Overlay {
 public:
  virtual ~Overlay() = default;

  /// The grid to colour over the slide, or null.
  virtual std::shared_ptr<const Heatmap> heatmap() const { return nullptr; }

  /// How the heatmap looks until the user says otherwise.
  virtual HeatmapStyle defaultStyle() const { return {}; }

  /// Lines and text over slide and heatmaps, in screen pixels of `viewport`. Any thread, one at a time.
  virtual void paint(QPainter& painter, const Viewport& viewport) const {
    Q_UNUSED(painter);
    Q_UNUSED(viewport);
  }

  /// The legend of what paint() draws; the program lays it out, beside those of the maps.
  virtual OverlayKey key() const { return {}; }

  /// What stands under a level-0 position, for the status line: "FSCN1 expression 6.31". Empty for nothing.
  virtual QString textAt(Point slide) const {
    Q_UNUSED(slide);
    return {};
  }
};

/// An overlay as the canvas draws it.
struct OverlayLayer {
  std::shared_ptr<const Overlay> overlay;
  HeatmapStyle style;
  AnnotationSetPtr annotations = nullptr;  ///< their lines, over all heatmaps; null: none
};

}  // namespace geneglass
