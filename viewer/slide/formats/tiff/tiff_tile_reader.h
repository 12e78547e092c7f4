// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/formats/tiff/tiff_handles.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Tiles decoded by libtiff itself: raw, LZW, deflate. Any thread.
class TiffTileReader final {
 public:
  explicit TiffTileReader(std::filesystem::path file) : m_handles(std::move(file)) {}

  /// Fills `image`, which has its size, from the upper left corner of a tile. Empty where it did, else why
  /// not.
  std::string read(const TiffDirectory& directory, int64_t column, int64_t row, Image& image) const;

 private:
  TiffHandles m_handles;
};

}  // namespace geneglass
