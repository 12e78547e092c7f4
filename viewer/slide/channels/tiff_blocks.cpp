// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/tiff_blocks.h"

#include <fmt/format.h>

#include <utility>

#include "viewer/slide/channels/sample_values.h"
#include "viewer/slide/formats/jpeg_decoder.h"

namespace geneglass {
namespace {

constexpr size_t kMostHandles = 64;             ///< that wait for their page to be read again
constexpr size_t kMostBlockBytes = 256u << 20;  ///< of one tile or strip
constexpr int64_t kMostTilePixels = 1 << 24;    ///< becomes four bytes a pixel and channel
constexpr int64_t kMostShownPixels = 1 << 26;

/// libtiff believes the tag, which QuPath and Bio-Formats write wrongly, not the stream.
bool isColourJpeg(const TiffPage& page) {
  return page.isTiled && page.compression == COMPRESSION_JPEG && page.bits == 8 && page.samples == 3 &&
         page.planes == PLANARCONFIG_CONTIG &&
         (page.photometric == PHOTOMETRIC_RGB || page.photometric == PHOTOMETRIC_YCBCR);
}

std::string readColourJpeg(TIFF* tiff, const TiffPage& page, uint32_t index, std::vector<uint8_t>& bytes) {
  const uint64_t count = TIFFGetStrileByteCount(tiff, index);
  if (count > kMostBlockBytes) return "more bytes than a tile can have are said to be its own";
  std::vector<uint8_t> stream(count);
  if (TIFFReadRawTile(tiff, index, stream.data(), static_cast<tmsize_t>(count)) < 0)
    return "its bytes lie beyond the end of the file";
  uint32_t length = 0;
  const uint8_t* tables = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &length, &tables) || !tables) length = 0;
  const JpegColour colour = page.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  Image image = Image::unset(static_cast<int>(page.block.width), static_cast<int>(page.block.height));
  std::string reason = decodeJpeg({stream, {tables, length}, colour, page.block, 1}, image);
  bytes.resize(3 * image.pixels.size());
  auto out = bytes.begin();
  for (const uint32_t pixel : image.pixels)
    for (const int shift : {16, 8, 0}) *out++ = static_cast<uint8_t>(pixel >> shift);
  return reason;
}

}  // namespace

std::string unreadBlocks(const TiffPage& page) {
  if (!TIFFIsCODECConfigured(page.compression))
    return fmt::format("its compression (number {}) is not read here", page.compression);
  if (page.orientation != ORIENTATION_TOPLEFT) return "its first row is not the top one, which is not read";
  const size_t bytes = rowBytes(page, page.block.width);
  const bool isRaw = page.compression == COMPRESSION_NONE && !page.isTiled;
  const bool isTooWide = page.isTiled && page.block.width > kMostTilePixels / page.block.height;
  if (isTooWide || (!isRaw && (bytes > kMostBlockBytes ||
                               static_cast<size_t>(page.block.height) > kMostBlockBytes / bytes)))
    return fmt::format("a {} of {} x {} pixels with {} samples does not fit into memory",
                       page.isTiled ? "tile" : "strip", page.block.width, page.block.height, page.samples);
  return {};
}

TiffBlocks::TiffBlocks(std::filesystem::path file) : m_handles(std::move(file), kMostHandles) {}

/// Null where the page cannot be read again.
std::unique_ptr<TiffHandles::Handle> TiffBlocks::takeAt(const TiffPage& page) const {
  auto handle = m_handles.takeAt(page.position);
  if (handle && page.compression == COMPRESSION_JPEG && page.photometric == PHOTOMETRIC_YCBCR)
    TIFFSetField(handle->tiff.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  return handle;
}

std::string TiffBlocks::read(const TiffPage& page, uint32_t index, std::vector<uint8_t>& bytes) const {
  auto handle = takeAt(page);
  if (!handle) return "its TIFF directory cannot be read again";
  TIFF* tiff = handle->tiff.get();
  const auto size = static_cast<size_t>(page.isTiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff));
  const size_t expected = rowBytes(page, page.block.width) * static_cast<size_t>(page.block.height);
  if (size < expected || size > kMostBlockBytes) return "its blocks are not as large as the page says";
  if (TIFFGetStrileByteCount(tiff, index) == 0) {
    m_handles.putBack(std::move(handle));
    return "the file holds no bytes of it";
  }
  if (isColourJpeg(page)) {
    std::string reason = readColourJpeg(tiff, page, index, bytes);
    m_handles.putBack(std::move(handle));
    return reason;
  }
  bytes.assign(size, 0);
  const auto room = static_cast<tmsize_t>(size);
  const tmsize_t count = page.isTiled ? TIFFReadEncodedTile(tiff, index, bytes.data(), room)
                                      : TIFFReadEncodedStrip(tiff, index, bytes.data(), room);
  if (count < 0) return handle->reason.empty() ? "its data are damaged" : handle->reason;
  m_handles.putBack(std::move(handle));
  return {};
}

uint64_t TiffBlocks::offsetOf(const TiffPage& page, uint32_t index) const {
  auto handle = takeAt(page);
  if (!handle) return 0;
  const uint64_t offset = TIFFGetStrileOffset(handle->tiff.get(), index);
  m_handles.putBack(std::move(handle));
  return offset;
}

std::string TiffBlocks::readPicture(const TiffPage& page, Image& image) const {
  if (page.size.width > kMostShownPixels / page.size.height) return "it is too large";
  auto handle = takeAt(page);
  if (!handle) return "its TIFF directory cannot be read again";
  image = Image(static_cast<int>(page.size.width), static_cast<int>(page.size.height));
  TIFF* tiff = handle->tiff.get();
  if (!TIFFReadRGBAImageOriented(tiff, static_cast<uint32_t>(image.width),
                                 static_cast<uint32_t>(image.height), image.pixels.data(),
                                 ORIENTATION_TOPLEFT, 1))
    return handle->reason.empty() ? "its data are damaged" : handle->reason;
  for (uint32_t& pixel : image.pixels) pixel = fromTiffPixel(pixel);
  m_handles.putBack(std::move(handle));
  return {};
}

}  // namespace geneglass
