// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {

/// Where a rectangle of pixels lies, and how it is packed, by an entry of a CZI's directory (ZISRAW, "DV").
/// Numbers are those of the format.
struct CziBlock {
  static constexpr int32_t kBgr24 = 3;
  static constexpr int32_t kRaw = 0, kJpeg = 1, kJpegXr = 4, kZstd0 = 5, kZstd1 = 6;

  int32_t pixelType = kBgr24;
  int32_t packing = kRaw;
  int32_t part = 0;       ///< of a slide of several files
  uint64_t position = 0;  ///< of its segment
  int64_t left = 0;       ///< level-0 pixels, from anywhere
  int64_t top = 0;
  Size shown;                        ///< level-0 pixels
  Size stored;                       ///< pixels; fewer than are shown in a coarser level
  int32_t mosaic = 0;                ///< those of a higher number lie over the others
  int32_t scene = 0;                 ///< a piece of tissue that was scanned by itself
  std::array<int32_t, 26> starts{};  ///< of all dimensions, by their letter from A on

  int32_t start(char dimension) const { return starts[static_cast<size_t>(dimension - 'A')]; }
  int64_t factor() const { return (shown.width + stored.width / 2) / stored.width; }  ///< 1: full resolution
};

/// What a CZI's head leads to.
struct CziDirectory {
  std::vector<CziBlock> blocks;
  std::string xml;  ///< of the metadata; empty where there is none that can be read
};

/// Nothing where the file has not the mark of a CZI. The error is a reason without the file's name: damaged,
/// unfinished. Blocks on the disk; every size is checked against the file's.
Result<std::optional<CziDirectory>> readCziDirectory(const PositionedFile& file);

}  // namespace geneglass
