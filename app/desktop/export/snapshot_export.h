// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/desktop/export/snapshot_request.h"

namespace geneglass {

/// Draws the view with overlays, legend, scale bar and a caption (slide, magnification, gene with its
/// held-out r, model, research use), for a file whose texts hold the hashes and the region. While tiles of
/// the prediction wait, picture, caption and texts say how far it is. Never the label. Reads, draws and
/// writes one band after another, so it blocks on the disk. GUI thread. What there is to be said of it is
/// BandedSnapshot::verdict(). Errors are those of planning, drawing and writing.
Result<std::string> exportSnapshot(const SnapshotRequest& request, const OnProgress& progress = {});

/// The view of `--region` (level-0 pixels, wholly on the slide; none: where its tissue is, above the legend)
/// and `--size`: all of the region, as large as the picture allows.
Result<Viewport> snapshotView(const Slide& slide, const std::optional<Rect>& region, Size size);

}  // namespace geneglass
