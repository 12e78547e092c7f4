// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "app/command_line/command.h"
#include "app/command_line/tile_benchmark.h"

namespace geneglass {
namespace {

struct BenchOptions {
  std::string file;
  int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  bool json = false;
};

std::string jsonOf(const TileBenchmark& result) {
  using Json = nlohmann::ordered_json;
  return Json{{"threads", result.threads},
              {"openslide_tiles_per_s", result.openSlide},
              {"geneglass_tiles_per_s", result.geneglass},
              {"decode_limit_tiles_per_s", result.decodeLimit ? Json(*result.decodeLimit) : Json(nullptr)},
              {"max_difference", result.maxDifference}}
      .dump(2);
}

std::string textOf(const TileBenchmark& result) {
  std::string text = fmt::format("{} tiles of level 0 in random order, {} threads, medians of {} runs\n",
                                 result.tiles, result.threads, result.runs);
  text += fmt::format("{:<22}{:>10.0f} tiles/s\n", "OpenSlide", result.openSlide);
  text += fmt::format("{:<22}{:>10.0f} tiles/s, {:.1f} x OpenSlide\n", "Geneglass", result.geneglass,
                      result.geneglass / result.openSlide);
  text += result.decodeLimit ? fmt::format("{:<22}{:>10.0f} tiles/s, of which Geneglass reaches {:.2f}\n",
                                           "libjpeg-turbo alone", *result.decodeLimit,
                                           result.geneglass / *result.decodeLimit)
                             : "libjpeg-turbo alone   cannot be measured: the tiles are not JPEG\n";
  return text + fmt::format("pixels against OpenSlide: at most {} of 255 apart, {:.4f} on average\n",
                            result.maxDifference, result.meanDifference);
}

Outcome benchTiles(const BenchOptions& options, std::stop_token stop) {
  const Result<TileBenchmark> result = measureTiles(options.file, options.threads, stop);
  if (!result) return tl::unexpected(result.error());
  fmt::print("{}", options.json ? jsonOf(*result) + "\n" : textOf(*result));
  return {};
}

}  // namespace

void addBenchCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* bench = program.add_subcommand("bench", "Measures this program beside its limits");
  bench->require_subcommand(1);
  CLI::App* tiles =
      bench->add_subcommand("tiles", "Reading tiles: OpenSlide, Geneglass, and the JPEG decoder alone");
  tiles->add_option("SLIDE", options->file, "The slide")->required();
  tiles->add_option("--threads", options->threads, "Threads that read at the same time; default: all cores")
      ->check(CLI::Range(1, 256));
  tiles->add_flag("--json", options->json, "One JSON object instead of text");
  tiles->callback(
      [options, &run] { run = [options](std::stop_token stop) { return benchTiles(*options, stop); }; });
}

}  // namespace geneglass
