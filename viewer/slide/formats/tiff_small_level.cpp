// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff_small_level.h"

#include <algorithm>

#include "viewer/slide/formats/tiff/tiff_file.h"

namespace geneglass {
namespace {

constexpr int64_t kMostPixels = 1 << 24;

bool isWanted(const TiffDirectory& directory, Size size) {
  constexpr uint16_t kAperioJpeg2000[] = {33003, 33005};
  const uint16_t compression = directory.compression;
  return directory.size == size &&
         (size.width < directory.tile.width || size.height < directory.tile.height) &&
         compression != COMPRESSION_JPEG && compression != kAperioJpeg2000[0] &&
         compression != kAperioJpeg2000[1];
}

}  // namespace

std::optional<Image> readTiffSmallLevel(const FileHead& head, Size size) {
  const auto& tiled = head.tiff.tiled;
  const auto found = std::find_if(tiled.begin(), tiled.end(), [size](const TiffDirectory& directory) {
    return isWanted(directory, size);
  });
  if (found == tiled.end() || size.width * size.height > kMostPixels) return {};
  const TiffFile tiff = openTiff(head.path);
  if (!tiff || !TIFFSetSubDirectory(tiff.get(), found->position)) return {};
  Image image(static_cast<int>(size.width), static_cast<int>(size.height));
  const bool complete = TIFFReadRGBAImageOriented(tiff.get(), static_cast<uint32_t>(size.width),
                                                  static_cast<uint32_t>(size.height), image.pixels.data(),
                                                  ORIENTATION_TOPLEFT, 1) != 0;
  if (!complete) return {};
  for (uint32_t& pixel : image.pixels) pixel = fromTiffPixel(pixel);
  return image;
}

}  // namespace geneglass
