// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <tiffio.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <new>
#include <string>

#include "viewer/slide/formats/memory_watch.h"

namespace geneglass {

using TiffFile = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

/// A TIFF for reading, with libtiff kept from writing to standard error; null where it is none. The first
/// complaint is put into `reason`, if given, which must outlive the file. `number`: the system's of an open
/// file, which becomes the TIFF's own and is closed with it.
inline TiffFile adoptTiff(int number, const std::filesystem::path& name, std::string* reason = nullptr) {
  const auto ignore = [](TIFF*, void*, const char*, const char* format, va_list) {
    MemoryWatch::hear(format);
    return 1;
  };
  const auto keepFirst = [](TIFF*, void* place, const char*, const char* format, va_list words) {
    MemoryWatch::hear(format);
    char text[300];
    std::vsnprintf(text, sizeof text, format, words);
    if (auto* first = static_cast<std::string*>(place); first && first->empty()) *first = text;
    return 1;
  };
  if (number < 0) return {nullptr, TIFFClose};
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 TIFFOpenOptionsFree);
  if (!options) {
    ::close(number);
    throw std::bad_alloc();
  }
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keepFirst, reason);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), ignore, nullptr);
  TIFF* tiff = TIFFFdOpenExt(number, name.c_str(), "rm", options.get());
  if (!tiff) {
    MemoryWatch::hear();
    ::close(number);
  }
  return TiffFile(tiff, TIFFClose);
}

/// The same of a file that is yet to be opened; a pipe is not waited on.
inline TiffFile openTiff(const std::filesystem::path& file, std::string* reason = nullptr) {
  return adoptTiff(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), file, reason);
}

/// An image's pixel out of libtiff's, which has alpha, blue, green, red from the highest byte on, colours
/// multiplied by alpha.
inline uint32_t fromTiffPixel(uint32_t pixel) {
  return (pixel & 0xff00ff00u) | (pixel & 0xffu) << 16 | (pixel >> 16 & 0xffu);
}

}  // namespace geneglass
