// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {

/// A slide's identity, 64 hexadecimal digits: the SHA-256 of the file's size (8 bytes, little endian) and of
/// its bytes. Up to 8 MiB every byte counts. Beyond, the first and the last MiB and 64 blocks of 64 KiB
/// spread evenly between them: about 6 MiB of reading whatever the size, so a change elsewhere in a large
/// file is not seen. Of a slide of many files follow, for each of `parts` in their order, the length of its
/// name (8 bytes), its name, its size, and its bytes: all of them up to 512 KiB, beyond the first and the
/// last 64 KiB and 6 blocks between. Blocks on the disk. Any thread. Errors name the file that cannot be
/// read.
Result<std::string> contentHash(const PositionedFile& file, const std::filesystem::path& path,
                                std::span<const std::filesystem::path> parts = {});

/// The same of a slide of one file that is not open.
Result<std::string> contentHash(const std::filesystem::path& file);

}  // namespace geneglass
