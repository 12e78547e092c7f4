// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff_small_level.h"

#include "viewer/slide/formats/tiff_file.h"

namespace geneglass {
namespace {

constexpr int64_t mostPixels = 1 << 24;

template <typename T>
T ownTagOf(TIFF* tiff, uint32_t tag) {
  T value = 0;
  TIFFGetField(tiff, tag, &value);
  return value;
}

bool isWanted(TIFF* tiff, Size size) {
  constexpr uint16_t aperioJpeg2000[] = {33003, 33005};
  const auto compression = ownTagOf<uint16_t>(tiff, TIFFTAG_COMPRESSION);
  if (!TIFFIsTiled(tiff) || compression == COMPRESSION_JPEG || compression == aperioJpeg2000[0] ||
      compression == aperioJpeg2000[1])
    return false;
  const Size own{ownTagOf<uint32_t>(tiff, TIFFTAG_IMAGEWIDTH), ownTagOf<uint32_t>(tiff, TIFFTAG_IMAGELENGTH)};
  const Size tile{ownTagOf<uint32_t>(tiff, TIFFTAG_TILEWIDTH), ownTagOf<uint32_t>(tiff, TIFFTAG_TILELENGTH)};
  return own == size && (own.width < tile.width || own.height < tile.height);
}

}  // namespace

std::optional<Image> readTiffSmallLevel(const std::filesystem::path& file, Size size) {
  if (size.width * size.height > mostPixels) return {};
  const TiffFile tiff = openTiff(file);
  if (!tiff) return {};
  bool found = isWanted(tiff.get(), size);
  while (!found && TIFFReadDirectory(tiff.get())) found = isWanted(tiff.get(), size);
  if (!found) return {};
  Image image(static_cast<int>(size.width), static_cast<int>(size.height));
  const bool complete = TIFFReadRGBAImageOriented(tiff.get(), static_cast<uint32_t>(size.width),
                                                  static_cast<uint32_t>(size.height), image.pixels.data(),
                                                  ORIENTATION_TOPLEFT, 1) != 0;
  if (!complete) return {};
  for (uint32_t& pixel : image.pixels) pixel = fromTiffPixel(pixel);
  return image;
}

}  // namespace geneglass
