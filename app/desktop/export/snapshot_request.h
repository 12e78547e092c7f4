// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/session/slide_picture.h"
#include "inference/prediction/measured_spots.h"

namespace geneglass {

/// What stands on a snapshot beside slide and maps. That a prediction is provisional always does.
struct SnapshotParts {
  bool annotations = true;
  bool legend = true;
  bool scaleBar = true;
  bool caption = true;       ///< slide, magnification, gene, model, research use: beneath the picture
  bool orientation = false;  ///< an arrow to where the slide's upper edge is
  bool overview = false;     ///< the whole slide, small, with the outline of the view
  bool operator==(const SnapshotParts&) const = default;
};

/// What goes into a snapshot.
struct SnapshotRequest {
  std::filesystem::path file;  ///< replaced if it exists; its ending says the format
  OpenedSlide opened;
  Viewport view;  ///< what is shown; its screen pixels are the picture's, the caption comes beneath
  std::vector<OverlayLayer> layers;  ///< without legend, scale bar and caption, which come with the export
  std::shared_ptr<const Prediction> prediction;          ///< null: the caption is about the slide alone
  int gene = -1;                                         ///< index into prediction->genes; -1 for none
  DrawView draw = {};                                    ///< empty: slide and maps by OpenGL
  DisplayColour colour = {};                             ///< as the window shows the slide
  std::shared_ptr<const MeasuredSpots> spots = nullptr;  ///< the caption tells how they agree; null: none
  /// Those of a second picture of the same view to the right; none: there is one picture.
  std::optional<std::vector<OverlayLayer>> beside = {};
  SnapshotParts parts = {};
  QString subject = {};   ///< a sentence on what it shows, for caption and texts; empty: the view alone
  QImage thumbnail = {};  ///< of all of level 0, for the overview; null: none is drawn
  size_t memory = size_t{1} << 30;  ///< bytes that tiles, textures and rows may take
};

inline constexpr int kMostSnapshotSide = 30000;  ///< pixels of a snapshot without its caption

/// Up to this width letters and lines have their size on the screen; in a wider picture they grow with it.
inline constexpr double kReadableWidth = 1400;

/// The view at so many pixels; all that it shows stays, as large as they allow.
Viewport resizedView(const Viewport& view, Size pixels);

}  // namespace geneglass
