// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "app/desktop/export/drawn_file.h"
#include "app/desktop/session/slide_picture.h"
#include "overlays/overlay_registry.h"

namespace geneglass {

/// What goes into a report.
struct ReportRequest {
  std::filesystem::path file;  ///< PDF, replaced if it exists
  OpenedSlide opened;
  std::shared_ptr<const Prediction> prediction;
  int gene = -1;                       ///< whose map is shown, index into prediction->genes; -1: topGene
  std::vector<OverlayEntry> overlays;  ///< the one of the role Expression draws the map
  DrawView draw = renderView;
  DisplayColour colour;  ///< as the window shows the slide
};

/// Draws an A4 report as PDF: the facts of slide and model, an overview, one gene's map with its hotspots,
/// and the table of all genes. Never the label; never of a prediction whose tiles wait. Blocks where `draw`
/// reads; GUI thread. Errors are those of the drawing, or that there is no whole prediction.
Result<WriteDrawn> drawReport(const ReportRequest& request);

/// Both, one after the other, so it blocks on the disk. GUI thread.
Result<void> writeReport(const ReportRequest& request);

/// What `request.draw` may be asked for, so that tiles can be read beforehand.
std::vector<Viewport> viewsOf(const ReportRequest& request);

/// The gene that the model predicts best, by its held-out correlation, whatever its value here: the same on
/// every slide. -1 when none is well predicted.
int topGene(const Prediction& prediction);

}  // namespace geneglass
