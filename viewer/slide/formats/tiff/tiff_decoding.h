// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "viewer/slide/formats/tiff/tiff_directories.h"

namespace geneglass {

enum class TiffDecoding { Jpeg, Jpeg2000, ByLibtiff };

/// Aperio's two numbers for JPEG 2000 in the TIFF tag.
constexpr uint16_t kAperioYCbCr = 33003;
constexpr uint16_t kAperioRgb = 33005;

/// How Geneglass itself decodes the directory's tiles; nothing where it cannot. `vendor` as in Slide::vendor.
std::optional<TiffDecoding> decodingOf(const TiffDirectory& directory, const std::string& vendor);

}  // namespace geneglass
