// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles a second of `pretrain`, loading included; pretrain_speed.py does the same steps in Python.
//   bench_pretrain_speed RECIPE ENCODER BATCH NEGATIVES THREADS STEPS SOURCE...
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "inference/learning/pretraining/pretrain.h"

using namespace geneglass;

int main(int count, char** values) {
  if (count < 8) return 2;
  PretrainRequest options;
  options.recipe = values[1];
  options.encoder = values[2];
  options.batch = std::atoi(values[3]);
  options.negatives = std::atoi(values[4]);
  options.threads = std::atoi(values[5]);
  const int64_t steps = std::atoi(values[6]);
  options.sources.assign(values + 7, values + count);
  options.epochs = 1000;
  options.secondsBetweenKept = 1e9;
  options.out = std::filesystem::temp_directory_path() / fmt::format("geneglass-speed-{}", std::rand());
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin;
  std::stop_source stop;
  const auto watch = [&](const Progress& progress) {
    if (!progress.stage.starts_with("contrast") || stop.stop_requested()) return;
    if (progress.done == 2) begin = Clock::now();
    if (progress.done < steps + 2) return;
    const std::chrono::duration<double> seconds = Clock::now() - begin;
    fmt::print("{} {}, batches of {}, {} negatives, {} threads: {:.1f} tiles/s, {:.3f} s a step\n",
               options.recipe, options.encoder, options.batch, options.negatives, options.threads,
               double(steps) * options.batch / seconds.count(), seconds.count() / double(steps));
    stop.request_stop();
  };
  const auto ended = pretrainEncoder(options, stop.get_token(), watch);
  if (!stop.stop_requested()) fmt::print("{}\n", ended ? "too few steps" : ended.error().sentence);
  for (const char* left : {".state", ".curve.csv"}) std::filesystem::remove_all(options.out.string() + left);
}
