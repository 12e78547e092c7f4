// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// The driver of TIFFs whose samples are more than the bytes of a colour picture: fluorescence slides of any
/// number of channels (QPTIFF, OME-TIFF, ImageJ, plain), of whole numbers or floating point, and colour
/// pictures of more than 8 bits, which stay colour pictures. Tiles and strips, in any compression that
/// libtiff decodes. How values become colours, where the file does not say:
/// - a colour picture: 0 is black, 2^n - 1 is white. n is the bits of a sample if they are less than 16, else
///   those that SignificantBits or SMaxSampleValue say, else the smallest of 8, 10, 12, 14 and 16 that
///   holds all of a sample of tiles;
/// - a channel: black at the 0.1th, its colour at the 99.9th percentile of that sample.
/// Slide::note says which.
Result<std::optional<DriverOutcome>> openChannelTiff(const FileHead& head);

extern const Driver kChannelTiffDriver;

}  // namespace geneglass
