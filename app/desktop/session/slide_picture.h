// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>
#include <functional>
#include <vector>

#include "inference/prediction/prediction.h"
#include "viewer/canvas/off_screen/snapshot.h"

namespace geneglass {

/// Draws slide and heatmaps of a view; renderView, unless a test has no graphics.
using DrawView = std::function<Result<QImage>(const OpenedSlide&, const Viewport&,
                                              const std::vector<OverlayLayer>&, const DisplayColour&)>;

/// A view as it goes into a file: pixels at one fineness, lines and letters at another, so that both stay
/// readable.
struct SlidePicture {
  OpenedSlide opened;
  Viewport view;  ///< its screen pixels are what lines and letters are measured in
  std::vector<OverlayLayer> layers;
  double detail = 1;  ///< drawn pixels per screen pixel of `view`
  DisplayColour colour;
};

/// Screen pixels at the bottom of a view that hold a legend and the scale bar.
constexpr double kLegendBand = 84;

/// The view that drawSlideAndMaps() draws, in its pixels.
Viewport fineView(const SlidePicture& picture);

/// What the renderer draws of the picture's layers: heatmaps and annotations' lines, without what overlays
/// paint, which has another fineness.
std::vector<OverlayLayer> drawnLayers(const SlidePicture& picture);

/// Slide and heatmaps alone, view x detail pixels. Blocks where `draw` reads; GUI thread.
Result<QImage> drawSlideAndMaps(const SlidePicture& picture, const DrawView& draw);

/// What tells of a picture in its corners.
struct PictureMarks {
  bool legend = true;
  bool scaleBar = true;  ///< where the pixel size is known
};

/// Paints what lies over slide and maps into `target` (of the view's proportions): the overlays' lines and
/// the marks.
void paintOver(QPainter& painter, const QRectF& target, const SlidePicture& picture,
               const PictureMarks& marks = {});

/// Paints `drawn` into `target` (of the view's proportions), over it the overlays' lines, the legend and,
/// where the pixel size is known, the scale bar.
void paintWithLegend(QPainter& painter, const QRectF& target, const SlidePicture& picture,
                     const QImage& drawn);

/// What the model says of a gene and how far that is to be believed: one line.
QString geneSentence(const Prediction& prediction, int gene);

/// "Name 0.1: demonstration model, trained on synthetic tissue."
QString modelSentence(const Prediction& prediction);

/// "64 of 667 tiles computed" while tiles wait, whose maps and values are then only provisional; empty once
/// the prediction is of the whole slide.
QString provisionalText(const Prediction& prediction);

/// "5.0x, 2.00 µm per pixel", or that the pixel size is unknown.
QString magnificationSentence(const Slide& slide, double downsample);

/// "For research use only. Not for diagnosis."
QString researchSentence();

}  // namespace geneglass
