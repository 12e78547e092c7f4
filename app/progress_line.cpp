// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace geneglass {

static std::string timeLeft(double seconds) {
  if (seconds < 0) return "";
  const int whole = static_cast<int>(seconds + 0.5);
  return whole < 60 ? fmt::format(", {} s left", whole)
                    : fmt::format(", {} min {:02} s left", whole / 60, whole % 60);
}

OnProgress progressLine() {
  if (!isatty(STDERR_FILENO)) return [](const Progress&) {};
  return [](const Progress& progress) {
    const std::string count =
        progress.total > 0 ? fmt::format(" {} of {}", progress.done, progress.total) : "";
    fmt::print(stderr, "\r\033[K{}{}{}", progress.stage, count, timeLeft(progress.secondsLeft));
    std::fflush(stderr);
  };
}

void endProgressLine() {
  if (isatty(STDERR_FILENO)) fmt::print(stderr, "\r\033[K");
}

}  // namespace geneglass
