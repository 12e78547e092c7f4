// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// The driver over OpenSlide 3.4: Aperio, Hamamatsu, Leica, MIRAX, Philips, Sakura, Trestle, Ventana and
/// tiled TIFF. Where a level's downsample is not a whole number OpenSlide can only start at whole level-0
/// pixels, so a tile may be resampled by at most half a level-0 pixel; with whole downsamples its pixels are
/// the file's own.
Result<std::optional<DriverOutcome>> openWithOpenSlide(const FileHead& head);

extern const Driver kOpenSlideDriver;

/// Whose file OpenSlide takes it for, as in Slide::vendor, also where it then refuses to open it; empty where
/// it knows none.
std::string openSlidesVendor(const std::filesystem::path& file);

}  // namespace geneglass
