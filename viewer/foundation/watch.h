// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace geneglass {

/// The time since it was made.
class Watch final {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
  }

 private:
  const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

}  // namespace geneglass
