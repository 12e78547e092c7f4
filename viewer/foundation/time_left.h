// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace geneglass {

/// Estimates what is left of a job from what is done since it was made.
class TimeLeft final {
 public:
  /// Seconds; negative where nothing is done yet.
  double after(double done, double total) const {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - m_start;
    return done > 0 ? spent.count() / done * (total - done) : -1;
  }

 private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace geneglass
