// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "inference/learning/evaluation/tile_gallery.h"
#include "viewer/foundation/progress.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Reads the chosen tiles and writes FOLDER/SYMBOL.png for every gene. Errors: a slide that cannot be opened
/// any more, a picture that cannot be written, cancelled.
Result<std::vector<std::filesystem::path>> drawGallery(const TileGallery& gallery,
                                                       const std::filesystem::path& folder,
                                                       std::stop_token stop, const OnProgress& progress);

}  // namespace geneglass
