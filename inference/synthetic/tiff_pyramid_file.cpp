// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/tiff_pyramid_file.h"

#include <fcntl.h>
#include <tiffio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

namespace geneglass {

int TiffPyramidFile::keepReason(tiff*, void* self, const char*, const char* format, va_list words) {
  const int number = errno;
  char text[300];
  std::vsnprintf(text, sizeof text, format, words);
  if (number == ENOSPC || number == EDQUOT || number == EFBIG || number == EIO)
    std::snprintf(text, sizeof text, "%s", std::strerror(number));  // libtiff says only "write error"
  auto& reason = static_cast<TiffPyramidFile*>(self)->m_reason;
  if (reason.empty()) reason = text;
  while (reason.ends_with('.')) reason.pop_back();
  return 1;
}

TiffPyramidFile::~TiffPyramidFile() {
  if (m_tiff) TIFFCleanup(m_tiff);
}

bool TiffPyramidFile::open(const std::filesystem::path& file) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  TIFFOpenOptionsSetErrorHandlerExtR(options, keepReason, this);
  m_tiff = TIFFOpenExt(file.c_str(), "w8", options);
  TIFFOpenOptionsFree(options);
  return m_tiff != nullptr;
}

bool TiffPyramidFile::beginLevel(const PyramidOptions& options, Size size, double downsample) {
  const bool set = setTags(options, size, downsample);
  m_reduced = true;
  return set;
}

bool TiffPyramidFile::setTags(const PyramidOptions& options, Size size, double downsample) {
  const JpegBytes tables = jpegTables(options.quality);
  bool set = TIFFSetField(m_tiff, TIFFTAG_SUBFILETYPE, m_reduced ? FILETYPE_REDUCEDIMAGE : 0) &&
             TIFFSetField(m_tiff, TIFFTAG_IMAGEWIDTH, static_cast<uint32_t>(size.width)) &&
             TIFFSetField(m_tiff, TIFFTAG_IMAGELENGTH, static_cast<uint32_t>(size.height)) &&
             TIFFSetField(m_tiff, TIFFTAG_TILEWIDTH, options.tile) &&
             TIFFSetField(m_tiff, TIFFTAG_TILELENGTH, options.tile) &&
             TIFFSetField(m_tiff, TIFFTAG_BITSPERSAMPLE, 8) &&
             TIFFSetField(m_tiff, TIFFTAG_SAMPLESPERPIXEL, 3) &&
             TIFFSetField(m_tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) &&
             TIFFSetField(m_tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT) &&
             TIFFSetField(m_tiff, TIFFTAG_COMPRESSION, COMPRESSION_JPEG) &&
             TIFFSetField(m_tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR) &&
             TIFFSetField(m_tiff, TIFFTAG_YCBCRSUBSAMPLING, 2, 2) &&
             TIFFSetField(m_tiff, TIFFTAG_JPEGTABLES, static_cast<uint32_t>(tables.size()), tables.data()) &&
             TIFFSetField(m_tiff, TIFFTAG_SOFTWARE, "Geneglass synthetic slide");
  if (options.mpp <= 0) return set;
  const double pixelsPerCentimetre = 10000 / (options.mpp * downsample);
  return set && TIFFSetField(m_tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER) &&
         TIFFSetField(m_tiff, TIFFTAG_XRESOLUTION, pixelsPerCentimetre) &&
         TIFFSetField(m_tiff, TIFFTAG_YRESOLUTION, pixelsPerCentimetre);
}

bool TiffPyramidFile::writeTile(int64_t index, const JpegBytes& jpeg) {
  const auto size = static_cast<tmsize_t>(jpeg.size());
  return TIFFWriteRawTile(m_tiff, static_cast<uint32_t>(index), const_cast<uint8_t*>(jpeg.data()), size) ==
         size;
}

bool TiffPyramidFile::endLevel() {
  return TIFFWriteDirectory(m_tiff) != 0;
}

bool TiffPyramidFile::close() {
  const bool flushed = fsync(TIFFFileno(m_tiff)) == 0;
  TIFFClose(m_tiff);
  m_tiff = nullptr;
  return flushed && m_reason.empty();
}

bool TileSpool::open(const std::filesystem::path& folder) {
  std::string name = (folder / ".geneglass-levels-XXXXXX").string();
  const int number = mkostemp(name.data(), O_CLOEXEC);
  if (number < 0) return false;
  ::unlink(name.c_str());
  m_file.reset(fdopen(number, "w+b"));
  return m_file != nullptr;
}

bool TileSpool::add(const JpegBytes& jpeg) {
  m_ends.push_back((m_ends.empty() ? 0 : m_ends.back()) + static_cast<int64_t>(jpeg.size()));
  return std::fwrite(jpeg.data(), 1, jpeg.size(), m_file.get()) == jpeg.size();
}

bool TileSpool::read(size_t index, JpegBytes& jpeg) {
  const int64_t start = index == 0 ? 0 : m_ends[index - 1];
  jpeg.resize(static_cast<size_t>(m_ends[index] - start));
  return fseeko(m_file.get(), start, SEEK_SET) == 0 &&
         std::fread(jpeg.data(), 1, jpeg.size(), m_file.get()) == jpeg.size();
}

}  // namespace geneglass
