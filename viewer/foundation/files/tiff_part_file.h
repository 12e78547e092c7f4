// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiffio.h>

#include <cstdarg>
#include <cstdio>
#include <string>

#include "viewer/foundation/files/part_file.h"

namespace geneglass {

/// libtiff's way to a PartFile. A failure of the disk is the file's to keep: libtiff is not told. Stays where
/// it is and outlives what it opened; one thread at a time. Inline: only who writes TIFF links libtiff.
class TiffPartFile final {
 public:
  explicit TiffPartFile(PartFile& file) : m_file(file) {}
  TiffPartFile(const TiffPartFile&) = delete;
  TiffPartFile& operator=(const TiffPartFile&) = delete;

  /// `mode`: "w", or "w8" where places need 64 bits. Null with reason().
  TIFF* open(const char* mode) {
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, keepFirstReason, &m_reason);
    TIFF* tiff =
        TIFFClientOpenExt("picture", mode, this, read, write, seek, close, size, nullptr, nullptr, options);
    TIFFOpenOptionsFree(options);
    return tiff;
  }
  const std::string& reason() const { return m_reason; }  ///< libtiff's first; empty for none

 private:
  static int keepFirstReason(TIFF*, void* place, const char*, const char* format, va_list words) {
    char text[300];
    std::vsnprintf(text, sizeof text, format, words);
    if (auto& first = *static_cast<std::string*>(place); first.empty()) first = text;
    return 1;
  }
  static TiffPartFile& of(thandle_t self) { return *static_cast<TiffPartFile*>(self); }
  static tmsize_t read(thandle_t self, void* bytes, tmsize_t count) {
    TiffPartFile& file = of(self);
    const size_t got = file.m_file.readAt(file.m_place, bytes, static_cast<size_t>(count));
    file.m_place += got;
    return static_cast<tmsize_t>(got);
  }
  static tmsize_t write(thandle_t self, void* bytes, tmsize_t count) {
    TiffPartFile& file = of(self);
    file.m_file.writeAt(file.m_place, bytes, static_cast<size_t>(count));
    file.m_place += static_cast<uint64_t>(count);
    return count;
  }
  static toff_t seek(thandle_t self, toff_t offset, int from) {
    TiffPartFile& file = of(self);
    file.m_place = offset + (from == SEEK_CUR ? file.m_place : from == SEEK_END ? file.m_file.size() : 0);
    return file.m_place;
  }
  static int close(thandle_t) { return 0; }
  static toff_t size(thandle_t self) { return of(self).m_file.size(); }

  PartFile& m_file;
  uint64_t m_place = 0;
  std::string m_reason;
};

}  // namespace geneglass
