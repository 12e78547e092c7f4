// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "viewer/slide/formats/czi/czi_directory.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Whether pixels packed so are unpacked here: raw, JPEG, Zstandard.
bool isUnpackedCzi(int32_t packing);

/// Reads a block of BGR24 and fills `image`, which becomes of its stored size. Empty where it did, else why
/// not. Blocks on the disk. Any thread.
std::string decodeCziBlock(const PositionedFile& file, const CziBlock& block, Image& image);

}  // namespace geneglass
