// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <random>
#include <span>
#include <string_view>

#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass::fuzzing {

/// Opens a slide and reads some tiles of each level, and its other pictures; what is not as TileSource
/// promises it ends the program. `bytes` choose the tiles.
void readSlide(const std::filesystem::path& place, std::string_view bytes);

/// The rows of a picture that was opened; where it was refused, whether a sentence says why. `next` may
/// throw.
void readRows(const Result<std::optional<PlainPicture>>& opened, const std::filesystem::path& file);

/// Changes a field of an entry of a TIFF's directories, classic or big, of either order of bytes; of what is
/// no TIFF any number.
void damageTiff(std::span<uint8_t> bytes, std::mt19937& chance);

}  // namespace geneglass::fuzzing
