// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>

#include "app/desktop/export/picture_facts.h"

namespace geneglass {

/// Writes a PNG row by row: texts in its text chunks, its size on paper by kPrintDots. One thread at a time.
class PngRows final {
 public:
  PngRows(TakeBytes take, const PictureFacts& facts);
  ~PngRows();
  void append(const QImage& rows);  ///< Format_RGB32, as wide as the picture
  void finish();                    ///< after the last row

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace geneglass
