// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "app/desktop/export/drawn_file.h"
#include "app/desktop/session/slide_picture.h"
#include "inference/prediction/measured_spots.h"

namespace geneglass {

/// What goes into a snapshot.
struct SnapshotRequest {
  std::filesystem::path file;  ///< PNG, replaced if it exists
  OpenedSlide opened;
  Viewport view;  ///< what is shown; its screen pixels are the picture's, the caption comes beneath
  std::vector<OverlayLayer> layers;  ///< without legend, scale bar and caption, which come with the export
  std::shared_ptr<const Prediction> prediction;  ///< null: the caption is about the slide alone
  int gene = -1;                                 ///< index into prediction->genes; -1 for none
  DrawView draw = renderView;
  DisplayColour colour;                                  ///< as the window shows the slide
  std::shared_ptr<const MeasuredSpots> spots = nullptr;  ///< the caption tells how they agree; null: none
  /// Those of a second picture of the same view to the right; none: there is one picture.
  std::optional<std::vector<OverlayLayer>> beside = {};
};

/// Draws the view with overlays, legend, scale bar and a caption (slide, magnification, gene with its
/// held-out r, model, research use), for a PNG whose text chunks hold the hashes and the region. While tiles
/// of the prediction wait, picture, caption and chunks say how far it is. Never the label. Blocks where
/// `draw` reads; GUI thread. Errors are those of the drawing.
Result<WriteDrawn> drawSnapshot(const SnapshotRequest& request);

/// Both, one after the other, so it blocks on the disk. GUI thread.
Result<void> exportSnapshot(const SnapshotRequest& request);

/// What `request.draw` will be asked for, so that tiles can be read beforehand.
std::vector<Viewport> viewsOf(const SnapshotRequest& request);

/// The view of `--region` (level-0 pixels, wholly on the slide; none: where its tissue is, above the legend)
/// and `--size`: all of the region, as large as the picture allows.
Result<Viewport> snapshotView(const Slide& slide, const std::optional<Rect>& region, Size size);

}  // namespace geneglass
