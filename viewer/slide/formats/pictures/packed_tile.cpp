// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/packed_tile.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "viewer/foundation/files/unpacked_bytes.h"

namespace geneglass {
namespace {

constexpr int kZstdLevel = 1;

using Packer = std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>;

/// One plane after the other: green, red, blue, alpha.
void spread(const Image& image, int channels, std::vector<uint8_t>& planes) {
  const size_t count = image.pixels.size();
  planes.resize(count * static_cast<size_t>(channels));
  uint8_t* const green = planes.data();
  uint8_t* const red = green + count;
  uint8_t* const blue = red + count;
  uint32_t before = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t pixel = image.pixels[i];
    const uint32_t g = pixel >> 8 & 0xff;
    const uint32_t mixed = g | (((pixel >> 16) - g) & 0xff) << 8 | ((pixel - g) & 0xff) << 16;
    green[i] = static_cast<uint8_t>(mixed - before);
    red[i] = static_cast<uint8_t>((mixed >> 8) - (before >> 8));
    blue[i] = static_cast<uint8_t>((mixed >> 16) - (before >> 16));
    before = mixed;
  }
  if (channels == 4)
    for (size_t i = 0; i < count; ++i) blue[count + i] = static_cast<uint8_t>(image.pixels[i] >> 24);
}

void gather(const std::vector<uint8_t>& planes, int channels, Image& image) {
  const size_t count = image.pixels.size();
  const uint8_t* const green = planes.data();
  const uint8_t* const red = green + count;
  const uint8_t* const blue = red + count;
  uint8_t g = 0, r = 0, b = 0;
  for (size_t i = 0; i < count; ++i) {
    g = static_cast<uint8_t>(g + green[i]);
    r = static_cast<uint8_t>(r + red[i]);
    b = static_cast<uint8_t>(b + blue[i]);
    const uint32_t alpha = channels == 4 ? blue[count + i] : 255u;
    image.pixels[i] = alpha << 24 | static_cast<uint32_t>((r + g) & 0xff) << 16 |
                      static_cast<uint32_t>(g) << 8 | static_cast<uint32_t>((b + g) & 0xff);
  }
}

}  // namespace

PackedTile packTile(const Image& image) {
  thread_local const Packer packer(ZSTD_createCCtx(), ZSTD_freeCCtx);
  thread_local std::vector<uint8_t> planes;
  PackedTile packed;
  packed.channels =
      std::all_of(image.pixels.begin(), image.pixels.end(), [](uint32_t pixel) { return pixel >> 24 == 255; })
          ? 3
          : 4;
  spread(image, packed.channels, planes);
  packed.bytes.resize(ZSTD_compressBound(planes.size()));
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_compressionLevel, kZstdLevel);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_checksumFlag, 1);
  packed.bytes.resize(
      ZSTD_compress2(packer.get(), packed.bytes.data(), packed.bytes.size(), planes.data(), planes.size()));
  return packed;
}

bool unpackTile(std::span<const uint8_t> bytes, int channels, Image& image) {
  thread_local std::vector<uint8_t> planes;
  planes.resize(image.pixels.size() * static_cast<size_t>(channels));
  if (unpackZstd(bytes, planes) != planes.size()) return false;
  gather(planes, channels, image);
  return true;
}

}  // namespace geneglass
