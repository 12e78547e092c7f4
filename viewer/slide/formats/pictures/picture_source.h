// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// The driver of plain pictures: PNG, JPEG, JPEG 2000, WebP, and TIFF in strips or in tiles that no other
/// driver takes. They are open at once; behind their readers they are cut into the tiles of a pyramid, once,
/// as PyramidCache keeps those. Until then read() waits for the rows it needs, and look() gives what there
/// is. Pixels are the file's own; of an alpha channel colours are multiplied by it. Where a file is cut or
/// damaged, what is lost has alpha 0, its tiles are damaged, and nothing is kept.
Result<std::optional<DriverOutcome>> openPlainPicture(const FileHead& head);

extern const Driver kPictureDriver;

/// Slide::driver of its slides. Their pixel size is the picture's resolution, which any program may write,
/// and no scanner's word.
constexpr const char* kPictureDriverName = "picture";

}  // namespace geneglass
