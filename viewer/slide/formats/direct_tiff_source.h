// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// The driver over the file's own tiles: Aperio, tiled TIFF and Philips files whose tiles are JPEG, JPEG
/// 2000 (Aperio's two), LZW, deflate or raw. Facts, associated images, tiles the scanner left out, and levels
/// it cannot decode come from OpenSlide; where OpenSlide refuses a file for one damaged part, the facts come
/// from the directories alone (tiff_facts.h) and Slide::damage says so. A reduced tile that is damaged in
/// part has nothing there and is marked. A tile's pixels are the file's own at any downsample: pixel (x,
/// y) of a level is shown at level-0 (x, y) x downsample, never resampled. A tiled TIFF that is OpenSlide's
/// to read is handed on as OpenSlide opened it.
Result<std::optional<DriverOutcome>> openDirectTiff(const FileHead& head);

extern const Driver kDirectTiffDriver;

}  // namespace geneglass
