// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_line.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "app/streams.h"

namespace geneglass {

static std::string timeLeft(double seconds) {
  if (seconds < 0) return "";
  const int whole = static_cast<int>(seconds + 0.5);
  return whole < 60 ? fmt::format(", {} s left", whole)
                    : fmt::format(", {} min {:02} s left", whole / 60, whole % 60);
}

OnProgress progressLine() {
  if (std::getenv(kProgressLinesVariable))
    return [](const Progress& progress) { say(formatProgress(progress) + '\n'); };
  if (!saysToTerminal()) return [](const Progress&) {};
  return [](const Progress& progress) {
    const std::string count =
        progress.total > 0 ? fmt::format(" {} of {}", progress.done, progress.total) : "";
    say(fmt::format("\r\033[K{}{}{}", progress.stage, count, timeLeft(progress.secondsLeft)));
  };
}

void endProgressLine() {
  if (saysToTerminal()) say("\r\033[K");
}

std::string formatProgress(const Progress& progress) {
  return fmt::format("progress {} {} {:.1f} {}", progress.done, progress.total, progress.secondsLeft,
                     progress.stage);
}

std::optional<Progress> parseProgress(const std::string& line) {
  long long done = 0;
  long long total = 0;
  double secondsLeft = -1;
  int used = 0;
  const int found =
      std::sscanf(line.c_str(), "progress %lld %lld %lf %n", &done, &total, &secondsLeft, &used);
  if (found != 3 || used == 0) return {};
  return Progress{line.substr(static_cast<size_t>(used)), done, total, secondsLeft};
}

}  // namespace geneglass
