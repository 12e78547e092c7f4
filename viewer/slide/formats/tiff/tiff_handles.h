// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "viewer/slide/formats/tiff/tiff_file.h"

namespace geneglass {

/// libtiff's handles on one file. Any thread: each read takes one to itself, so nothing is locked while it
/// reads.
class TiffHandles final {
 public:
  struct Handle {
    std::string reason;  ///< of the first complaint since it was taken
    TiffFile tiff{nullptr, TIFFClose};
    uint64_t position = 0;         ///< of the directory it stands on
    std::vector<uint32_t> pixels;  ///< room for what is read
  };

  /// Moving to another directory reads that again: fewer than `most` that wait are not moved, but another is
  /// made.
  explicit TiffHandles(std::filesystem::path file, size_t most = 1);

  /// One that stands on the directory, rather one that did already. Null where that cannot be read again.
  std::unique_ptr<Handle> takeAt(uint64_t position) const;

  /// For the next to take. One that failed to read is dropped instead.
  void putBack(std::unique_ptr<Handle> handle) const;

 private:
  std::unique_ptr<Handle> takeIdle(uint64_t position) const;

  const std::filesystem::path m_file;
  const size_t m_most;
  mutable std::mutex m_mutex;
  mutable std::vector<std::unique_ptr<Handle>> m_idle;  ///< the least recently used first
};

}  // namespace geneglass
