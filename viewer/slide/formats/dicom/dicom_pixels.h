// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "viewer/slide/formats/dicom/dicom_instance.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Fills `image`, which has its size, from the upper left corner of a frame that was read, at 1 / `reduction`
/// (1, 2, 4 or 8, dividing the frame's sides) of its width and height. Where a JPEG or a JPEG 2000 says
/// itself what its components are, it is right and the attributes are not. Empty where it did, else why not.
/// Any thread.
std::string decodeDicomFrame(const DicomInstance& instance, std::span<const uint8_t> bytes, int reduction,
                             Image& image);

}  // namespace geneglass
