// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Compressed tiles that lie in memory.
struct JpegTiles {
  std::vector<std::vector<uint8_t>> tiles;
  std::vector<uint8_t> tables;  ///< shared by all tiles; may be empty
  bool yCbCr = true;            ///< else RGB
  Size size;                    ///< of each tile
};

/// The fastest that libjpeg-turbo alone can do, apart from all of viewer/slide: one decompressor, its tables
/// read once, into one buffer. One thread.
class JpegLimit final {
 public:
  explicit JpegLimit(const JpegTiles& tiles);
  ~JpegLimit();
  JpegLimit(const JpegLimit&) = delete;
  JpegLimit& operator=(const JpegLimit&) = delete;

  bool decode(size_t index);  ///< false where the tile is damaged

 private:
  struct Decoder;
  const JpegTiles& m_tiles;
  std::vector<uint32_t> m_pixels;
  std::unique_ptr<Decoder> m_decoder;
};

}  // namespace geneglass
