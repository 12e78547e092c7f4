// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_tile_reader.h"

#include <algorithm>
#include <utility>

namespace geneglass {

std::string TiffTileReader::read(const TiffDirectory& directory, int64_t column, int64_t row,
                                 Image& image) const {
  auto handle = m_handles.takeAt(directory.position);
  if (!handle) return "its TIFF directory cannot be read again";
  const auto width = static_cast<size_t>(directory.tile.width);
  const auto height = static_cast<size_t>(directory.tile.height);
  handle->pixels.resize(width * height);
  if (!TIFFReadRGBATileExt(handle->tiff.get(), static_cast<uint32_t>(column * directory.tile.width),
                           static_cast<uint32_t>(row * directory.tile.height), handle->pixels.data(), 1))
    return handle->reason.empty() ? "its data are damaged" : handle->reason;
  for (int y = 0; y < image.height; ++y)
    std::transform(&handle->pixels[(height - 1 - static_cast<size_t>(y)) * width],
                   &handle->pixels[(height - 1 - static_cast<size_t>(y)) * width] + image.width,
                   &image.at(0, y), fromTiffPixel);
  m_handles.putBack(std::move(handle));
  return {};
}

}  // namespace geneglass
