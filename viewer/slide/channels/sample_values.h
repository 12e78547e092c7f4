// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "viewer/slide/channels/tiff_pages.h"

namespace geneglass {

/// Why the samples of a page cannot be turned into values; empty where they can. Whole numbers of 8 to 16,
/// 32 and 64 bits, with a sign those of 8, 16 and 32, floating point of 16, 32 and 64.
std::string unreadSamples(const TiffPage& page);

/// Bytes of one row of a page's block of so many pixels: of all samples where they lie side by side.
size_t rowBytes(const TiffPage& page, int64_t pixels);

/// Turns one sample of each pixel of a row into a value: of `row`, which holds rowBytes() in this machine's
/// byte order, pixels from `first` on, as many as `values` takes. Inverted where the page says that 0 is
/// white.
void readValues(const TiffPage& page, const uint8_t* row, int sample, int64_t first, std::span<float> values);

/// The largest value that the samples of a page can have: 65535; 1 for floating point.
double largestValue(const TiffPage& page);

}  // namespace geneglass
