// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/benchmark/predict_benchmark.h"
#include "app/benchmark/tile_benchmark.h"
#include "app/command_line/command.h"
#include "viewer/foundation/parallel.h"
#include "viewer/slide/pixel_size.h"

namespace geneglass {
namespace {

struct BenchOptions {
  std::string file;
  int threads = threadCount(0);
  bool json = false;
};

std::string jsonOf(const TileBenchmark& result) {
  using Json = nlohmann::ordered_json;
  return Json{{"threads", result.threads},
              {"openslide_tiles_per_s", result.openSlide ? Json(*result.openSlide) : Json(nullptr)},
              {"geneglass_tiles_per_s", result.geneglass},
              {"decode_limit_tiles_per_s", result.decodeLimit ? Json(*result.decodeLimit) : Json(nullptr)},
              {"max_difference", result.openSlide ? Json(result.maxDifference) : Json(nullptr)}}
      .dump(2);
}

std::string textOf(const TileBenchmark& result) {
  std::string text = fmt::format("{} tiles of level 0 in random order, {} threads, medians of {} runs\n",
                                 result.tiles, result.threads, result.runs);
  if (result.openSlide)
    text += fmt::format("{:<22}{:>10.0f} tiles/s\n", "OpenSlide", *result.openSlide);
  else
    text += fmt::format("{:<22}    does not open it\n", "OpenSlide");
  text += fmt::format(
      "{:<22}{:>10.0f} tiles/s{}\n", "Geneglass", result.geneglass,
      result.openSlide ? fmt::format(", {:.1f} x OpenSlide", result.geneglass / *result.openSlide) : "");
  text += result.decodeLimit ? fmt::format("{:<22}{:>10.0f} tiles/s, of which Geneglass reaches {:.2f}\n",
                                           "libjpeg-turbo alone", *result.decodeLimit,
                                           result.geneglass / *result.decodeLimit)
                             : "libjpeg-turbo alone   cannot be measured: the tiles are not JPEG\n";
  if (!result.openSlide) return text;
  return text + fmt::format("pixels against OpenSlide: at most {} of 255 apart, {:.4f} on average\n",
                            result.maxDifference, result.meanDifference);
}

Outcome benchTiles(const BenchOptions& options, std::stop_token stop) {
  const Result<TileBenchmark> result = measureTiles(options.file, options.threads, stop);
  if (!result) return tl::unexpected(result.error());
  fmt::print("{}", options.json ? jsonOf(*result) + "\n" : textOf(*result));
  return {};
}

struct PredictAsked {
  std::string slide;
  std::string package;
  std::string precision;
  bool json = false;
  PredictBenchmarkOptions options;
};

std::string jsonOf(const PredictBenchmark& result) {
  using Json = nlohmann::ordered_json;
  const auto& cancels = result.cancels;
  const auto& limit = result.convolutions;
  return Json{{"precision", toString(result.precision)},
              {"threads", result.threads},
              {"tiles", result.tiles},
              {"tiles_per_s", result.tilesPerSecond},
              {"encode_only_tiles_per_s", result.encodeOnly},
              {"read_only_tiles_per_s", result.readOnly},
              {"convolution_limit_gflops", limit ? Json(limit->limit) : Json(nullptr)},
              {"reached_gflops", limit ? Json(limit->operations * result.encodeOnly / 1e9) : Json(nullptr)},
              {"first_result_ms", result.firstResult ? Json(*result.firstResult) : Json(nullptr)},
              {"cancel_ms", cancels.empty() ? Json(nullptr) : Json(cancels[cancels.size() / 2])},
              {"cancel_ms_worst", cancels.empty() ? Json(nullptr) : Json(cancels.back())}}
      .dump(2);
}

/// Where the time goes, layer by layer.
std::string layersOf(const ConvolutionRates& rates, double tilesPerSecond) {
  const double reached = rates.operations * tilesPerSecond / 1e9;
  std::string text =
      fmt::format("{:<22}{:>10.0f} 10^9 operations/s, {:.2f} of oneDNN's {:.0f} on the same layers alone\n",
                  "  computing at", reached, reached / rates.limit, rates.limit);
  for (const LayerRate& layer : rates.layers)
    text += fmt::format("    {:<24}{:>8.3f} ms{:>8.0f} 10^9/s, {} a call{}\n", layer.name, layer.milliseconds,
                        layer.operations / layer.milliseconds / 1e6, layer.batch,
                        layer.winograd ? ", Winograd" : "");
  return text;
}

std::string textOf(const PredictBenchmark& result) {
  std::string text = fmt::format("{} tiles of the model, {} threads, {}\n", result.tiles, result.threads,
                                 toString(result.precision));
  text += fmt::format("{:<22}{:>10.1f} tiles/s, {:.2f} of encoding alone\n", "read and encoded",
                      result.tilesPerSecond, result.tilesPerSecond / result.encodeOnly);
  text += fmt::format("{:<22}{:>10.1f} tiles/s\n", "encoded only", result.encodeOnly);
  text += fmt::format("{:<22}{:>10.1f} tiles/s\n", "read only", result.readOnly);
  if (result.convolutions) text += layersOf(*result.convolutions, result.encodeOnly);
  if (result.firstResult) text += fmt::format("{:<22}{:>10.0f} ms\n", "first map after", *result.firstResult);
  if (result.cancels.empty()) return text;
  return text + fmt::format("{:<22}{:>10.1f} ms, at worst {:.1f} ms, of {}\n", "cancelled in",
                            result.cancels[result.cancels.size() / 2], result.cancels.back(),
                            result.cancels.size());
}

Outcome benchPredict(const PredictAsked& asked, std::stop_token stop) {
  const Result<ModelPackage> package =
      asked.package.empty() ? openShippedModel() : openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  PredictBenchmarkOptions options = asked.options;
  options.slide = asked.slide;
  if (!asked.precision.empty())
    options.precision = *std::ranges::find(kPrecisions, asked.precision,
                                           [](Precision each) { return std::string(toString(each)); });
  const Result<PredictBenchmark> result = measurePrediction(options, *package, stop);
  if (!result) return tl::unexpected(result.error());
  fmt::print("{}", asked.json ? jsonOf(*result) + "\n" : textOf(*result));
  return {};
}

void addBenchPredict(CLI::App& bench, Run& run) {
  auto asked = std::make_shared<PredictAsked>();
  CLI::App* command = bench.add_subcommand(
      "predict", "Predicting: read and encoded, encoded only, read only, first map, cancel");
  command->add_option("SLIDE", asked->slide, "The slide")->required();
  command->add_option("--model", asked->package, "Folder of the model package; otherwise the shipped one");
  command->add_option("--precision", asked->precision, "Otherwise the package's default")
      ->check(CLI::IsMember({"float32", "int8", "bfloat16"}));
  command->add_option("--mpp", asked->options.mpp, "Micrometres per pixel, instead of what the file says")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  command->add_option("--threads", asked->options.threads, "Processor threads; 0 = all")
      ->check(CLI::Range(0, 1024));
  command->add_option("--tiles", asked->options.mostTiles, "Of one run")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command->add_flag("--json", asked->json, "One JSON object instead of text");
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return benchPredict(*asked, stop); }; });
}

}  // namespace

void addBenchCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* bench = program.add_subcommand("bench", "Measures this program beside its limits");
  bench->require_subcommand(1);
  addBenchPredict(*bench, run);
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
