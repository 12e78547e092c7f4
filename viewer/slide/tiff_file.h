// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tiffio.h>

#include <cstdarg>
#include <filesystem>
#include <memory>

namespace geneglass {

using TiffFile = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

/// Opens a TIFF for reading with libtiff kept from writing to standard error; null where it is none.
inline TiffFile openTiff(const std::filesystem::path& file) {
  const auto ignore = [](TIFF*, void*, const char*, const char*, va_list) { return 1; };
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 TIFFOpenOptionsFree);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), ignore, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), ignore, nullptr);
  return TiffFile(TIFFOpenExt(file.c_str(), "rm", options.get()), TIFFClose);
}

}  // namespace geneglass
