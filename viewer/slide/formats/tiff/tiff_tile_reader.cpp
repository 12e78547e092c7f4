// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_tile_reader.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/file_bytes.h"

namespace geneglass {
namespace {

/// libtiff says of a read that the system refused only that it got fewer bytes. Empty where all can be read.
std::string refusalOfTheSystem(const TiffDirectory& directory, size_t index, int descriptor) {
  if (index >= directory.tileOffsets.size() || index >= directory.tileByteCounts.size()) return {};
  std::array<uint8_t, 65536> bytes;
  for (uint64_t done = 0; done < directory.tileByteCounts[index];) {
    const uint64_t wanted = std::min<uint64_t>(bytes.size(), directory.tileByteCounts[index] - done);
    const ReadBytes read = readBytesAt(descriptor, bytes.data(), wanted, directory.tileOffsets[index] + done);
    if (read.error != 0) return std::generic_category().message(read.error);
    if (read.count < wanted) return {};
    done += wanted;
  }
  return {};
}

}  // namespace

std::string TiffTileReader::read(const TiffDirectory& directory, int64_t column, int64_t row,
                                 Image& image) const {
  auto handle = m_handles.takeAt(directory.position);
  if (!handle) return "its TIFF directory cannot be read again";
  const auto width = static_cast<size_t>(directory.tile.width);
  const auto height = static_cast<size_t>(directory.tile.height);
  handle->pixels.resize(width * height);
  if (!TIFFReadRGBATileExt(handle->tiff.get(), static_cast<uint32_t>(column * directory.tile.width),
                           static_cast<uint32_t>(row * directory.tile.height), handle->pixels.data(), 1)) {
    const auto index = static_cast<size_t>(row * directory.columns() + column);
    std::string refusal = refusalOfTheSystem(directory, index, TIFFFileno(handle->tiff.get()));
    if (!refusal.empty()) return refusal;
    return handle->reason.empty() ? "its data are damaged" : handle->reason;
  }
  for (int y = 0; y < image.height; ++y)
    std::transform(&handle->pixels[(height - 1 - static_cast<size_t>(y)) * width],
                   &handle->pixels[(height - 1 - static_cast<size_t>(y)) * width] + image.width,
                   &image.at(0, y), fromTiffPixel);
  m_handles.putBack(std::move(handle));
  return {};
}

}  // namespace geneglass
