// SPDX-License-Identifier: GPL-3.0-or-later
// bench_probe SLIDE... : what opening each in another process first costs, in turn with opening it alone;
// medians of 21, milliseconds.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

#include "viewer/slide/slide_probe.h"

using namespace geneglass;

namespace {

template <typename Work>
double milliseconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** words) {
  constexpr int kRuns = 21;
  std::vector<double> starts;
  for (int run = 0; run < kRuns; ++run) starts.push_back(milliseconds([] { const SlideProbe started; }));
  fmt::print("starting one, which the window does beside the rest: {:.1f} ms\n", median(starts));
  SlideProbe probe;
  for (int word = 1; word < count; ++word) {
    std::vector<double> checks, openings;
    for (int run = 0; run < kRuns; ++run) {
      checks.push_back(milliseconds([&] { (void)probe.check(words[word]); }));
      openings.push_back(milliseconds([&] { (void)openSlide(words[word]); }));
    }
    fmt::print("{:40} probe {:6.1f} ms, 90 of 100 under {:6.1f}; opening itself {:6.1f}\n",
               std::filesystem::path(words[word]).filename().string(), median(checks),
               (std::sort(checks.begin(), checks.end()), checks[kRuns * 9 / 10]), median(openings));
  }
  return 0;
}
