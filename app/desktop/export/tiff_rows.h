// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>

#include "app/desktop/export/picture_facts.h"
#include "viewer/foundation/files/part_file.h"

namespace geneglass {

/// Writes a TIFF row by row in strips compressed without loss: texts in its description, and as its
/// resolution that of the tissue, as slide and measuring programs expect it. One thread at a time.
class TiffRows final {
 public:
  TiffRows(PartFile& file, const PictureFacts& facts);  ///< the file outlives it, and keeps its failures
  ~TiffRows();
  void append(const QImage& rows);  ///< Format_RGB32, as wide as the picture
  void finish();                    ///< after the last row

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace geneglass
