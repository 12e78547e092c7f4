// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {

/// Why libtiff and OpenSlide, which go through all directories again for each and believe how long their
/// texts are, must not see a TIFF: more than 10,000 directories, a description of more than 256 KiB, or of
/// 8 MiB of XML. Empty where they may, and where it is no TIFF. Goes along the directories once, and ends
/// where they lead back to one that was there. Any thread.
std::string excessOfTiff(const PositionedFile& file);

}  // namespace geneglass
