// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/desktop/export/picture_file.h"
#include "app/desktop/export/snapshot_request.h"

namespace geneglass {

/// How large a snapshot of a view is.
enum class SnapshotSizing { Screen, TwiceScreen, LongSide, SlidePixels };

/// What the user wants of a snapshot; the view is the window's.
struct SnapshotChoice {
  PictureFormat format = PictureFormat::Png;
  SnapshotSizing sizing = SnapshotSizing::Screen;
  int longSide = 6000;    ///< pixels, for LongSide
  double downsample = 1;  ///< level-0 pixels per pixel, for SlidePixels
  SnapshotParts parts = {};
};

/// The picture's pixels, without the caption; may be more than a snapshot can have.
Size pixelsOf(const SnapshotChoice& choice, const Viewport& view);

/// `request` is of the screen's view, without a file.
SnapshotRequest chosenSnapshot(SnapshotRequest request, const SnapshotChoice& choice);

QString endingOf(PictureFormat format);  ///< "png"

}  // namespace geneglass
