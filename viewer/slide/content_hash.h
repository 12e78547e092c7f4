// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A slide's identity, 64 hexadecimal digits: the SHA-256 of the file's size (8 bytes, little endian) and of
/// its bytes. Up to 8 MiB every byte counts. Beyond, the first and the last MiB and 64 blocks of 64 KiB
/// spread evenly between them: about 6 MiB of reading whatever the size, so a change elsewhere in a large
/// file is not seen. Of a slide of many files (MIRAX, Hamamatsu VMS) only the named file counts. Blocks on
/// the disk. Any thread.
Result<std::string> contentHash(const std::filesystem::path& file);

}  // namespace geneglass
