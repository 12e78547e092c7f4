// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/tiff_rows.h"

#include <tiffio.h>

#include <stdexcept>

#include "generated/version.h"
#include "viewer/foundation/files/tiff_part_file.h"

namespace geneglass {
namespace {

constexpr int kStripRows = 32;
constexpr double kBigBytes = 3.5e9;  ///< pixels of more do not surely fit into 32-bit places

}  // namespace

struct TiffRows::Parts {
  explicit Parts(PartFile& to) : file(to), stream(to) {}
  ~Parts() {
    if (tiff) TIFFCleanup(tiff);
  }
  void need(bool done) const {
    if (done || !file.state()) return;
    throw std::runtime_error(stream.reason().empty() ? "libtiff gave up" : stream.reason());
  }

  PartFile& file;
  TiffPartFile stream;
  TIFF* tiff = nullptr;
  uint32_t row = 0;
  std::vector<uint8_t> line;  ///< red, green, blue
};

TiffRows::TiffRows(PartFile& file, const PictureFacts& facts) : m_parts(std::make_unique<Parts>(file)) {
  const double bytes = 3.0 * double(facts.size.width) * double(facts.size.height);
  m_parts->tiff = m_parts->stream.open(bytes > kBigBytes ? "w8" : "w");
  m_parts->need(m_parts->tiff);
  if (!m_parts->tiff) return;
  m_parts->line.resize(static_cast<size_t>(facts.size.width) * 3);
  const auto set = [tiff = m_parts->tiff](auto tag, auto... values) { TIFFSetField(tiff, tag, values...); };
  set(TIFFTAG_IMAGEWIDTH, static_cast<uint32_t>(facts.size.width));
  set(TIFFTAG_IMAGELENGTH, static_cast<uint32_t>(facts.size.height));
  set(TIFFTAG_BITSPERSAMPLE, 8);
  set(TIFFTAG_SAMPLESPERPIXEL, 3);
  set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  set(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  set(TIFFTAG_ROWSPERSTRIP, kStripRows);
  set(TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  set(TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  set(TIFFTAG_SOFTWARE, "Geneglass " GENEGLASS_VERSION);
  set(TIFFTAG_IMAGEDESCRIPTION, describedLines(facts).c_str());
  const double dots = facts.micrometresPerPixel ? 10000 / *facts.micrometresPerPixel : kPrintDots / 2.54;
  set(TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
  set(TIFFTAG_XRESOLUTION, dots);
  set(TIFFTAG_YRESOLUTION, dots);
}

TiffRows::~TiffRows() = default;

void TiffRows::append(const QImage& rows) {
  if (!m_parts->tiff) return;
  for (int y = 0; y < rows.height(); ++y) {
    const auto* from = reinterpret_cast<const QRgb*>(rows.constScanLine(y));
    uint8_t* to = m_parts->line.data();
    for (int x = 0; x < rows.width(); ++x, to += 3) {
      to[0] = static_cast<uint8_t>(qRed(from[x]));
      to[1] = static_cast<uint8_t>(qGreen(from[x]));
      to[2] = static_cast<uint8_t>(qBlue(from[x]));
    }
    m_parts->need(TIFFWriteScanline(m_parts->tiff, m_parts->line.data(), m_parts->row++, 0) == 1);
  }
}

void TiffRows::finish() {
  if (m_parts->tiff) m_parts->need(TIFFWriteDirectory(m_parts->tiff) == 1);
}

}  // namespace geneglass
