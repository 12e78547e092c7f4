// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// The whole of a tiled TIFF level that is narrower or lower than one tile and neither JPEG nor JPEG 2000:
/// OpenSlide 3.4.1 over libtiff 4.5 gives such a level shifted, with unset memory in it
/// (openslide/openslide-bin issue 433). Nothing where the file has no such level of this size, or it cannot
/// be read. Blocks on the disk. Any thread.
std::optional<Image> readTiffSmallLevel(const FileHead& head, Size size);

}  // namespace geneglass
