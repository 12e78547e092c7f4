// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// What a picture file says of its picture.
struct PictureFacts {
  Size size;                                               ///< pixels
  std::optional<double> micrometresPerPixel;               ///< of the tissue; none: unknown
  std::vector<std::pair<std::string, std::string>> texts;  ///< key and UTF-8 text: slide, hashes, region
};

/// Dots per inch that a picture is printed with, where its format says how large it is on paper.
inline constexpr int kPrintDots = 300;

/// Takes the bytes of a file in their order. What fails is told elsewhere.
using TakeBytes = std::function<void(const void* bytes, size_t count)>;

/// "Key: text" in lines, for formats that have one text.
inline std::string describedLines(const PictureFacts& facts) {
  std::string lines;
  for (const auto& [key, text] : facts.texts) lines += key + ": " + text + "\n";
  return lines;
}

}  // namespace geneglass
