// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

enum class FileLock {
  Taken,
  AnothersNow,  ///< another descriptor has it, of this process or another
  Untold        ///< the disk knows no locks
};

/// Locks an open file, until its descriptor is closed, however its process ends. Does not wait. Any thread.
FileLock lockFile(int descriptor);

/// Whether `file` is the open file still: neither removed nor replaced. Any thread.
bool isStillThere(int descriptor, const std::filesystem::path& file);

}  // namespace geneglass
