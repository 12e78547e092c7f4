// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <new>
#include <string>

namespace geneglass {

/// Why it was thrown, for the end of a sentence: what() but for want of memory, for which std::bad_alloc has
/// a word that nobody knows, and OpenCV three lines.
inline std::string reasonOf(const std::exception& error) {
  const std::string what = error.what();
  const bool isMemory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
                        what.find("Insufficient memory") != std::string::npos;
  return isMemory ? "there is not enough memory" : what;
}

}  // namespace geneglass
