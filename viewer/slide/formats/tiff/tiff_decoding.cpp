// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_decoding.h"

#include <tiff.h>

#include <algorithm>
#include <array>

namespace geneglass {

std::optional<TiffDecoding> decodingOf(const TiffDirectory& directory, const std::string& vendor) {
  constexpr std::array kPlain{COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE,
                              COMPRESSION_DEFLATE};
  if (directory.orientation != ORIENTATION_TOPLEFT) return {};
  if (std::find(kPlain.begin(), kPlain.end(), directory.compression) != kPlain.end())
    return TiffDecoding::ByLibtiff;
  const bool threeBytes = directory.planes == PLANARCONFIG_CONTIG && directory.samplesPerPixel == 3 &&
                          directory.bitsPerSample == 8;
  if (!threeBytes) return {};
  if (directory.compression == COMPRESSION_JPEG)
    return directory.photometric == PHOTOMETRIC_RGB || directory.photometric == PHOTOMETRIC_YCBCR
               ? std::optional(TiffDecoding::Jpeg)
               : std::nullopt;
  const bool ofAperio = directory.compression == kAperioYCbCr || directory.compression == kAperioRgb;
  return ofAperio && vendor == "aperio" ? std::optional(TiffDecoding::Jpeg2000) : std::nullopt;
}

}  // namespace geneglass
