// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "viewer/foundation/files/part_place.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A file that appears only when it is whole: it grows at a PartPlace, and finish() moves that to FILE. What
/// is not finished is removed. One thread at a time; blocks on the disk.
class PartFile final {
 public:
  explicit PartFile(std::filesystem::path file);  ///< see state() for whether it could be opened

  /// Writes at `place`, growing the file. After the first failure nothing is written any more.
  void writeAt(uint64_t place, const void* bytes, size_t count);
  void append(const void* bytes, size_t count) { writeAt(m_size, bytes, count); }
  size_t readAt(uint64_t place, void* bytes, size_t count);  ///< how many were read
  uint64_t size() const { return m_size; }

  Result<void> state() const;  ///< the first failure: "Cannot write 'a.png': No space left on device."
  Result<void> finish();       ///< once

 private:
  std::filesystem::path m_file;
  PartPlace m_place;
  int m_reason = 0;  ///< errno of the first failure, or 0
  uint64_t m_size = 0;
};

}  // namespace geneglass
