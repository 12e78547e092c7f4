// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <filesystem>
#include <optional>
#include <variant>

#include "app/desktop/export/jpeg_rows.h"
#include "app/desktop/export/png_rows.h"
#include "app/desktop/export/svg_rows.h"
#include "app/desktop/export/tiff_rows.h"
#include "viewer/foundation/files/part_file.h"
#include "viewer/foundation/result.h"

namespace geneglass {

enum class PictureFormat { Png, Jpeg, Tiff, Svg };

/// By the file's ending. Error: "Cannot write 'a.gif': ... ".
Result<PictureFormat> pictureFormatOf(const std::filesystem::path& file);

/// Whether a format takes a picture of this size; the error names the file.
Result<void> checkPictureSize(const std::filesystem::path& file, PictureFormat format, Size size);

/// A picture file that is written from top to bottom, a few rows at a time, and is there only once it is
/// whole: what is not finished is removed. One thread at a time; blocks on the disk. Errors name the file and
/// the reason.
class PictureFile final {
 public:
  static Result<std::unique_ptr<PictureFile>> create(const std::filesystem::path& file, PictureFormat format,
                                                     const PictureFacts& facts,
                                                     const DrawnAnnotations& annotations);

  Result<void> append(const QImage& rows);  ///< Format_RGB32, as wide as the picture
  Result<void> finish();                    ///< after the last row

 private:
  explicit PictureFile(const std::filesystem::path& file) : m_file(file) {}

  PartFile m_file;
  std::variant<std::monostate, PngRows, JpegRows, TiffRows, SvgRows> m_rows;
};

}  // namespace geneglass
