// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace geneglass {

/// How the samples of a TIFF's rows become pixels; numbers are those of the TIFF tags.
struct TiffSamples {
  uint16_t bits = 8;  ///< of a sample: 1, 2, 4 or 8
  uint16_t count = 3;
  uint16_t photometric = 2;
  bool apart = false;             ///< each sample has rows of its own
  bool hasAlpha = false;          ///< the sample after the colours is alpha
  bool isMultiplied = false;      ///< the colours have been multiplied by it
  std::vector<uint32_t> palette;  ///< 2^bits pixels, of a picture of palette colours

  int colours() const { return photometric == 2 ? 3 : 1; }  ///< samples of the colour
};

/// One row of pixels out of the bytes of its samples: one row of bytes, or one for each plane. `rows` hold
/// what so many pixels take. Pure.
void pixelsOfSamples(const TiffSamples& samples, std::span<const std::vector<uint8_t>> rows,
                     std::span<uint32_t> pixels);

}  // namespace geneglass
