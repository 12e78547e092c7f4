// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Tiles decoded by libtiff itself: raw, LZW, deflate. Any thread: each read has a handle of libtiff to
/// itself, so nothing is locked while it reads.
class TiffTileReader final {
 public:
  explicit TiffTileReader(std::filesystem::path file);
  ~TiffTileReader();
  TiffTileReader(const TiffTileReader&) = delete;
  TiffTileReader& operator=(const TiffTileReader&) = delete;

  /// Fills `image`, which has its size, from the upper left corner of a tile. Empty where it did, else why
  /// not.
  std::string read(const TiffDirectory& directory, int64_t column, int64_t row, Image& image) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> take(uint64_t position) const;
  void putBack(std::unique_ptr<Handle> handle) const;

  const std::filesystem::path m_file;
  mutable std::mutex m_mutex;
  mutable std::vector<std::unique_ptr<Handle>> m_idle;  ///< as many as were busy at the same time
};

}  // namespace geneglass
