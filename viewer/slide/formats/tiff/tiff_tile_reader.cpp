// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_tile_reader.h"

#include <algorithm>
#include <utility>

#include "viewer/slide/formats/tiff/tiff_file.h"

namespace geneglass {
struct TiffTileReader::Handle {
  std::string reason;
  TiffFile tiff{nullptr, TIFFClose};
  uint64_t position = 0;         ///< of the directory it stands on
  std::vector<uint32_t> pixels;  ///< one tile as libtiff gives it: the lowest row first
};

TiffTileReader::TiffTileReader(std::filesystem::path file) : m_file(std::move(file)) {}
TiffTileReader::~TiffTileReader() = default;

/// Rather one that stands on the directory already: moving there reads the directory again.
std::unique_ptr<TiffTileReader::Handle> TiffTileReader::take(uint64_t position) const {
  {
    const std::lock_guard lock(m_mutex);
    auto found = std::find_if(m_idle.begin(), m_idle.end(),
                              [position](const auto& idle) { return idle->position == position; });
    if (found == m_idle.end() && !m_idle.empty()) found = m_idle.begin();
    if (found != m_idle.end()) {
      std::unique_ptr<Handle> handle = std::move(*found);
      m_idle.erase(found);
      return handle;
    }
  }
  auto handle = std::make_unique<Handle>();
  handle->tiff = openTiff(m_file, &handle->reason);
  return handle;
}

void TiffTileReader::putBack(std::unique_ptr<Handle> handle) const {
  const std::lock_guard lock(m_mutex);
  m_idle.push_back(std::move(handle));
}

std::string TiffTileReader::read(const TiffDirectory& directory, int64_t column, int64_t row,
                                 Image& image) const {
  std::unique_ptr<Handle> handle = take(directory.position);
  TIFF* tiff = handle->tiff.get();
  if (!tiff) return "the file cannot be opened again";
  handle->reason.clear();
  if (handle->position != directory.position && !TIFFSetSubDirectory(tiff, directory.position))
    return "its TIFF directory cannot be read again";
  handle->position = directory.position;
  const auto width = static_cast<size_t>(directory.tile.width);
  const auto height = static_cast<size_t>(directory.tile.height);
  handle->pixels.resize(width * height);
  if (!TIFFReadRGBATileExt(tiff, static_cast<uint32_t>(column * directory.tile.width),
                           static_cast<uint32_t>(row * directory.tile.height), handle->pixels.data(), 1))
    return handle->reason.empty() ? "its data are damaged" : handle->reason;
  for (int y = 0; y < image.height; ++y)
    std::transform(&handle->pixels[(height - 1 - static_cast<size_t>(y)) * width],
                   &handle->pixels[(height - 1 - static_cast<size_t>(y)) * width] + image.width,
                   &image.at(0, y), fromTiffPixel);
  putBack(std::move(handle));
  return {};
}

}  // namespace geneglass
