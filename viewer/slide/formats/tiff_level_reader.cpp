// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff_level_reader.h"

#include <tiff.h>

#include <span>
#include <utility>
#include <vector>

#include "viewer/slide/formats/jpeg2000_decoder.h"
#include "viewer/slide/formats/jpeg_decoder.h"

namespace geneglass {
namespace {

/// The bytes live until the thread reads its next tile.
std::string readCompressed(const PositionedFile& file, const TiffDirectory& directory, size_t index,
                           std::span<const uint8_t>& bytes) {
  thread_local std::vector<uint8_t> buffer;
  const uint64_t count = directory.tileByteCounts[index];
  const auto pixels = static_cast<uint64_t>(directory.tile.width * directory.tile.height);
  if (count > 16 * pixels + 65536) return "more bytes than a tile can have are said to be its own";
  if (buffer.size() < count) buffer.resize(count);
  bytes = std::span(buffer).first(count);
  return file.read(directory.tileOffsets[index], std::span(buffer).first(count));
}

}  // namespace

TiffLevelReader::TiffLevelReader(TiffDirectory directory, TiffDecoding decoding,
                                 std::shared_ptr<const PositionedFile> file,
                                 std::shared_ptr<const TiffTileReader> reader)
    : m_directory(std::move(directory)),
      m_decoding(decoding),
      m_file(std::move(file)),
      m_reader(std::move(reader)) {}

Size TiffLevelReader::held(int64_t, int64_t) const {
  return m_directory.tile;
}

bool TiffLevelReader::canReduce() const {
  return m_decoding != TiffDecoding::ByLibtiff;
}

bool TiffLevelReader::isLeftOut(int64_t column, int64_t row) const {
  const auto index = static_cast<size_t>(row * m_directory.columns() + column);
  return index >= m_directory.tileByteCounts.size() || m_directory.tileByteCounts[index] == 0;
}

std::string TiffLevelReader::decode(int64_t column, int64_t row, int reduction, Image& image) const {
  if (m_decoding == TiffDecoding::ByLibtiff) return m_reader->read(m_directory, column, row, image);
  const auto index = static_cast<size_t>(row * m_directory.columns() + column);
  std::span<const uint8_t> bytes;
  if (std::string reason = readCompressed(*m_file, m_directory, index, bytes); !reason.empty()) return reason;
  if (m_decoding == TiffDecoding::Jpeg2000) {
    const bool rgb = m_directory.compression == kAperioRgb;
    return decodeJpeg2000(
        {bytes, rgb ? Jpeg2000Colour::Rgb : Jpeg2000Colour::YCbCr, m_directory.tile, reduction}, image);
  }
  const JpegColour colour = m_directory.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  return decodeJpeg({bytes, m_directory.jpegTables, colour, m_directory.tile, reduction}, image);
}

}  // namespace geneglass
