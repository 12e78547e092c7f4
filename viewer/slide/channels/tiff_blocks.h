// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "viewer/slide/channels/tiff_pages.h"
#include "viewer/slide/formats/tiff/tiff_handles.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Why a page's blocks cannot be decoded; empty where they can.
std::string unreadBlocks(const TiffPage& page);

/// Tiles and strips of one TIFF, decoded by libtiff. Any thread.
class TiffBlocks final {
 public:
  explicit TiffBlocks(std::filesystem::path file);

  /// The samples of a whole block, the `index`-th of the page as TIFF counts them, in this machine's byte
  /// order. Empty where it could, else why not.
  std::string read(const TiffPage& page, uint32_t index, std::vector<uint8_t>& bytes) const;

  /// Where the bytes of a block begin in the file; 0 where that cannot be said.
  uint64_t offsetOf(const TiffPage& page, uint32_t index) const;

  /// The whole page as colours. Empty where it could, else why not.
  std::string readPicture(const TiffPage& page, Image& image) const;

 private:
  std::unique_ptr<TiffHandles::Handle> takeAt(const TiffPage& page) const;

  TiffHandles m_handles;
};

}  // namespace geneglass
