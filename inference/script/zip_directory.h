// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

struct ZipMember {
  std::string name;
  uint64_t bytes = 0;  ///< unpacked, as the directory says
};

/// Reads `count` bytes at a place of a file; false where there are not so many.
using ReadAt = std::function<bool(uint64_t place, void* bytes, size_t count)>;

/// What a zip file's directory lists, before anything is unpacked; ZIP64 too. Errors, to follow "...: ": no
/// such directory, or one of more than 64 MiB.
Result<std::vector<ZipMember>> zipDirectory(const ReadAt& read, uint64_t fileBytes);

}  // namespace geneglass
