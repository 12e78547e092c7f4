// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <memory>

#include "app/desktop/export/picture_facts.h"

namespace geneglass {

/// Writes a JPEG row by row, colours as fine as brightness: texts in its comment, its size on paper by
/// kPrintDots. At most 65,500 pixels a side. One thread at a time.
class JpegRows final {
 public:
  JpegRows(TakeBytes take, const PictureFacts& facts);
  ~JpegRows();
  void append(const QImage& rows);  ///< Format_RGB32, as wide as the picture
  void finish();                    ///< after the last row

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

inline constexpr int64_t kMostJpegSide = 65500;

}  // namespace geneglass
