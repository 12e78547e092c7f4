// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "viewer/slide/channels/tiff_pages.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Why a page's blocks cannot be decoded; empty where they can.
std::string unreadBlocks(const TiffPage& page);

/// Tiles and strips of one TIFF, decoded by libtiff. Any thread: each read has a handle of libtiff to itself,
/// so nothing is locked while it reads.
class TiffBlocks final {
 public:
  explicit TiffBlocks(std::filesystem::path file);
  ~TiffBlocks();
  TiffBlocks(const TiffBlocks&) = delete;
  TiffBlocks& operator=(const TiffBlocks&) = delete;

  /// The samples of a whole block, the `index`-th of the page as TIFF counts them, in this machine's byte
  /// order. Empty where it could, else why not.
  std::string read(const TiffPage& page, uint32_t index, std::vector<uint8_t>& bytes) const;

  /// Where the bytes of a block begin in the file; 0 where that cannot be said.
  uint64_t offsetOf(const TiffPage& page, uint32_t index) const;

  /// The whole page as colours. Empty where it could, else why not.
  std::string readPicture(const TiffPage& page, Image& image) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> takeAt(const TiffPage& page) const;
  void putBack(std::unique_ptr<Handle> handle) const;

  const std::filesystem::path m_file;
  mutable std::mutex m_mutex;
  mutable std::vector<std::unique_ptr<Handle>> m_idle;  ///< each on a page; the least recently used first
};

}  // namespace geneglass
