// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <new>
#include <string>

namespace geneglass {

/// Why it was thrown, for the end of a sentence: what() but for std::bad_alloc, whose word nobody knows.
inline std::string reasonOf(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error)) return "there is not enough memory";
  return error.what();
}

}  // namespace geneglass
