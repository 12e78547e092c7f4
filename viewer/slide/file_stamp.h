// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace geneglass {

/// Which file lies under a name, and in what state: another one once it is replaced, cut or written to.
struct FileStamp {
  uint64_t device = 0;
  uint64_t inode = 0;
  int64_t size = 0;      ///< bytes
  int64_t modified = 0;  ///< nanoseconds since 1970
  bool operator==(const FileStamp&) const = default;
};

/// Asks the file system, reads nothing. None where there is no such file. Any thread.
std::optional<FileStamp> stampOf(const std::filesystem::path& file);

}  // namespace geneglass
