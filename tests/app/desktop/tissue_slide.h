// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "inference/synthetic/pyramid_writer.h"
#include "tests/inference/painted_slide.h"

namespace geneglass::testing {

/// Writes a slide of an oval of tissue on glass, as a pyramid that any machine opens; `mpp` 0: it does not
/// say how large a pixel is.
inline Result<void> writeTissueSlide(const std::filesystem::path& file, Size size, double mpp = 0.5) {
  PyramidOptions options;
  options.size = size;
  options.mpp = mpp;
  return writePyramid(file, options, [size](int64_t left, int64_t top, int width, int height) {
    Image image(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const double across = (double(left + x) + 0.5) / double(size.width) * 2 - 1;
        const double down = (double(top + y) + 0.5) / double(size.height) * 2 - 1;
        const bool inside = across * across + down * down < 0.8;
        image.at(x, y) = inside ? tissue(left + x, top + y) : glass(left + x, top + y);
      }
    return image;
  });
}

/// The slide with the first bytes of its pixels lost: tiles at its upper left corner cannot be read.
inline void damageFirstTiles(const std::filesystem::path& file) {
  std::FILE* bytes = std::fopen(file.c_str(), "r+b");
  if (!bytes) return;
  std::fseek(bytes, 64, SEEK_SET);
  for (int i = 0; i < 2000; ++i) std::fputc(0, bytes);
  std::fclose(bytes);
}

}  // namespace geneglass::testing
