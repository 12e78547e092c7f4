// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "viewer/slide/slide.h"

namespace geneglass {

/// The pixel size that the resolution tags of a TIFF's first directory give (pixels per inch or centimetre).
/// Nothing where the file is no TIFF, a tag is missing, or a pixel would measure less than 0.05 or more than
/// 20 micrometres: the 72, 96 and 300 dots per inch that programs write by default are no measurement. Any
/// thread.
std::optional<Mpp> readTiffResolution(const std::filesystem::path& file);

}  // namespace geneglass
