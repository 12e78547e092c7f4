// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "viewer/slide/formats/level_reader.h"
#include "viewer/slide/formats/tiff/positioned_file.h"
#include "viewer/slide/formats/tiff/tiff_decoding.h"
#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/formats/tiff/tiff_tile_reader.h"

namespace geneglass {

/// Decodes the tiles of one directory of a TIFF; can reduce all but those that libtiff decodes. Any thread.
class TiffLevelReader final : public LevelReader {
 public:
  /// `reader`: libtiff's handles, shared by the levels of a file.
  TiffLevelReader(TiffDirectory directory, TiffDecoding decoding, std::shared_ptr<const PositionedFile> file,
                  std::shared_ptr<const TiffTileReader> reader);

  const TiffDirectory& directory() const { return m_directory; }

  Size held(int64_t column, int64_t row) const override;
  bool canReduce() const override;
  bool isLeftOut(int64_t column, int64_t row) const override;
  std::string decode(int64_t column, int64_t row, int reduction, Image& image) const override;

 private:
  const TiffDirectory m_directory;
  const TiffDecoding m_decoding;
  const std::shared_ptr<const PositionedFile> m_file;
  const std::shared_ptr<const TiffTileReader> m_reader;
};

}  // namespace geneglass
