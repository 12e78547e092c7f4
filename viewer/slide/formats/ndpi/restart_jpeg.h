// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "viewer/slide/formats/jpeg_decoder.h"
#include "viewer/slide/formats/level_reader.h"
#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {

/// One picture that is one stream of JPEG in a file.
struct RestartJpeg {
  uint64_t offset = 0;  ///< of the stream in the file
  uint64_t bytes = 0;   ///< its length
  Size size;            ///< pixels; the stream's header may say other ones, being limited to 65,535
  JpegColour colour = JpegColour::YCbCr;
  std::vector<uint64_t> starts;  ///< where each restart interval begins, from `offset`
};

/// Whether intervals lie one behind the other within a stream of so many bytes.
bool areInOrder(std::span<const uint64_t> starts, uint64_t bytes);

/// Decodes a part of a large JPEG alone: what lies between its restart markers is a picture of its own once
/// the header says another size. A tile is as many intervals as make it large enough to be worth a call.
/// Pixels are those of the whole stream, but for smooth chroma along the edges of tiles. Any thread.
class RestartJpegReader final : public LevelReader {
 public:
  /// Null where the stream cannot be cut so: it is not baseline, its intervals are no part of a row or wider
  /// than 8,192 pixels, or the places of the intervals are not all known. A stream without intervals is one
  /// tile, if it is small. Reads the stream's header: blocks on the disk.
  static std::shared_ptr<const RestartJpegReader> of(std::shared_ptr<const PositionedFile> file,
                                                     RestartJpeg jpeg);

  Size tile() const { return m_tile; }

  /// The tile as a JPEG of its own. Empty where it can be read, else why not. Blocks on the disk.
  std::string streamOf(int64_t column, int64_t row, std::vector<uint8_t>& stream) const;

  Size held(int64_t column, int64_t row) const override;
  bool canReduce() const override { return true; }
  bool isLeftOut(int64_t, int64_t) const override { return false; }
  std::string decode(int64_t column, int64_t row, int reduction, Image& image) const override;

 private:
  RestartJpegReader(std::shared_ptr<const PositionedFile> file, RestartJpeg jpeg)
      : m_file(std::move(file)), m_jpeg(std::move(jpeg)) {}

  bool readHeader();
  bool layOut();
  std::string gather(int64_t column, int64_t row, std::vector<uint8_t>& stream) const;
  std::string append(int64_t firstInterval, int64_t count, std::vector<uint8_t>& stream, int& marker) const;

  const std::shared_ptr<const PositionedFile> m_file;
  const RestartJpeg m_jpeg;
  std::vector<uint8_t> m_header;  ///< up to the first interval
  size_t m_sizeAt = 0;            ///< of the height in it; the width follows
  Size m_block;                   ///< pixels of one MCU
  int64_t m_blocks = 0;           ///< MCUs of one interval; 0: there are no intervals
  int64_t m_columns = 1;          ///< intervals of a row of blocks
  int64_t m_rows = 1;             ///< rows of blocks
  int64_t m_across = 1;           ///< intervals of a tile in a row
  int64_t m_down = 1;             ///< rows of blocks of a tile
  Size m_tile;
};

}  // namespace geneglass
