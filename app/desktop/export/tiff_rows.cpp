// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/tiff_rows.h"

#include <tiffio.h>

#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "generated/version.h"

namespace geneglass {
namespace {

constexpr int kStripRows = 32;
constexpr double kBigBytes = 3.5e9;  ///< pixels of more do not surely fit into 32-bit places

int keepFirstReason(TIFF*, void* place, const char*, const char* format, va_list words) {
  char text[300];
  std::vsnprintf(text, sizeof text, format, words);
  if (auto& first = *static_cast<std::string*>(place); first.empty()) first = text;
  return 1;
}

}  // namespace

/// libtiff's way to a PartFile. A failure is the file's to keep: libtiff is not told.
struct TiffRows::Stream {
  PartFile& file;
  uint64_t place = 0;

  static Stream& of(thandle_t self) { return *static_cast<Stream*>(self); }
  static tmsize_t read(thandle_t self, void* bytes, tmsize_t count) {
    Stream& stream = of(self);
    const size_t got = stream.file.readAt(stream.place, bytes, static_cast<size_t>(count));
    stream.place += got;
    return static_cast<tmsize_t>(got);
  }
  static tmsize_t write(thandle_t self, void* bytes, tmsize_t count) {
    Stream& stream = of(self);
    stream.file.writeAt(stream.place, bytes, static_cast<size_t>(count));
    stream.place += static_cast<uint64_t>(count);
    return count;
  }
  static toff_t seek(thandle_t self, toff_t offset, int from) {
    Stream& stream = of(self);
    stream.place = offset + (from == SEEK_CUR ? stream.place : from == SEEK_END ? stream.file.size() : 0);
    return stream.place;
  }
  static int close(thandle_t) { return 0; }
  static toff_t size(thandle_t self) { return of(self).file.size(); }
};

struct TiffRows::Parts {
  explicit Parts(PartFile& file) : stream{file} {}
  ~Parts() {
    if (tiff) TIFFCleanup(tiff);
  }
  void need(bool done) const {
    if (!done && stream.file.state()) throw std::runtime_error(reason.empty() ? "libtiff gave up" : reason);
  }

  Stream stream;
  std::string reason;
  TIFF* tiff = nullptr;
  uint32_t row = 0;
  std::vector<uint8_t> line;  ///< red, green, blue
};

TiffRows::TiffRows(PartFile& file, const PictureFacts& facts) : m_parts(std::make_unique<Parts>(file)) {
  const double bytes = 3.0 * double(facts.size.width) * double(facts.size.height);
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  TIFFOpenOptionsSetErrorHandlerExtR(options, keepFirstReason, &m_parts->reason);
  m_parts->tiff =
      TIFFClientOpenExt("snapshot", bytes > kBigBytes ? "w8" : "w", &m_parts->stream, Stream::read,
                        Stream::write, Stream::seek, Stream::close, Stream::size, nullptr, nullptr, options);
  TIFFOpenOptionsFree(options);
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
