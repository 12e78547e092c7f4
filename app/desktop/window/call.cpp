// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/call.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "app/desktop/export/picture_file.h"
#include "app/desktop/export/snapshot_request.h"
#include "app/desktop/workplace/memory_budget.h"
#include "app/parse_words.h"
#include "generated/version.h"
#include "viewer/slide/pixel_size.h"

namespace geneglass {
namespace {

constexpr int kSmallestSide = 64;

Rect parseRegion(const std::string& text) {
  Rect rect;
  int used = 0;
  const int found =
      std::sscanf(text.c_str(), "%lf,%lf,%lf,%lf%n", &rect.x, &rect.y, &rect.width, &rect.height, &used);
  if (found != 4 || text.size() != static_cast<size_t>(used) || !(rect.width > 0) || !(rect.height > 0))
    throw CLI::ValidationError("--region",
                               fmt::format("'{}' is not x,y,width,height in level-0 pixels", text));
  return rect;
}

Size parseSize(const std::string& text) {
  int width = 0;
  int height = 0;
  int used = 0;
  const int found = std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &used);
  if (found != 2 || text.size() != static_cast<size_t>(used) || std::min(width, height) < kSmallestSide ||
      std::max(width, height) > kMostSnapshotSide)
    throw CLI::ValidationError("--size", fmt::format("'{}' is not WIDTHxHEIGHT, each {} to {} pixels", text,
                                                     kSmallestSide, kMostSnapshotSide));
  return {width, height};
}

template <typename T>
void addOption(CLI::App& program, const std::string& name, T& value, const std::string& text) {
  program.add_option_function<std::string>(
      name, [&value](const std::string& word) { value = word; }, text);
}

void addMemory(CLI::App& program, Call& call) {
  program
      .add_option_function<size_t>(
          "--memory", [&call](size_t mib) { call.memory = mib << 20; },
          "MiB for tiles, textures and maps of all slides; without it, a quarter of this machine's memory")
      ->check(CLI::Range(kLeastMemoryBudget >> 20, size_t{1} << 24));
}

void addOverlays(CLI::App& program, Call& call) {
  program
      .add_option_function<std::vector<std::string>>(
          "--overlays",
          [&call](const std::vector<std::string>& folders) {
            call.overlays.assign(folders.begin(), folders.end());
          },
          "A folder of overlay plugins, once or more, beside the program's own and "
          "~/.local/share/geneglass/overlays")
      ->allow_extra_args(false)
      ->check(CLI::ExistingDirectory);
}

void addBench(CLI::App& program, Call& call, ViewBenchmarkOptions& options) {
  CLI::App* bench = program.add_subcommand("bench", "Measures this program beside its limits");
  bench->require_subcommand(1);
  CLI::App* view = bench->add_subcommand("view", "Opening, looking and panning, on a screen of 1920 x 1080");
  view->add_option("SLIDE", options.slide, "The slide")->required();
  view->add_option("--seconds", options.seconds, "How long to pan (10)")->check(CLI::Range(1, 3600));
  view->add_option("--threads", options.threads, "Threads that read tiles; default: all processors")
      ->check(CLI::Range(1, 256));
  view->add_option("--extent", options.extent,
                   "Look only at so many level-0 pixels a side, to compare slides of different sizes")
      ->check(CLI::Range(4096.0, 1e9));
  view->add_flag("--while-predicting", options.whilePredicting,
                 "Instead, pan alone and then while the slide is predicted with the shipped model");
  view->add_option("--annotations", options.annotations, "Instead, pan alone and then under so many polygons")
      ->check(CLI::Range(1, 10'000'000));
  view->add_option_function<double>(
          "--soak", [&options](double minutes) { options.soakMinutes = minutes; },
          "Instead, pan for so many minutes and watch the memory")
      ->check(CLI::Range(0.1, 1440.0));
  view->add_flag("--json", call.json, "One JSON object instead of text");
  view->callback([&] { call.bench = options; });
}

/// What the snapshot is of.
void addPictureOptions(CLI::App& program, Call& call) {
  auto* region = program.add_option_function<std::string>(
      "--region", [&call](const std::string& text) { call.region = parseRegion(text); },
      "What the snapshot shows: x,y,width,height in level-0 pixels; without it, the whole slide");
  auto* size = program.add_option_function<std::string>(
      "--size", [&call](const std::string& text) { call.size = parseSize(text); },
      "The snapshot's size in pixels, WIDTHxHEIGHT (1600x1000)");
  auto* shown =
      program.add_option("--show", call.shown,
                         "An overlay that the snapshot shows too, by its name as a file: attention, "
                         "tile_classes, slide_quality, unlike_training, ...; may be given again");
  shown->needs("--snapshot")->allow_extra_args(false);
  auto* plain = program.add_flag("--plain", call.plain,
                                 "The snapshot is slide and maps alone: no caption, legend or scale bar");
  plain->needs("--snapshot");
  region->needs("--snapshot");
  size->needs("--snapshot");
}

}  // namespace

std::variant<Call, int> parseCall(int count, const char* const* words) {
  Call call;
  CLI::App program(
      "Geneglass shows whole-slide images with predicted gene expression. For research use only.",
      "geneglass");
  program.set_version_flag("--version", GENEGLASS_VERSION);
  auto* slides = program.add_option_function<std::vector<std::string>>(
      "SLIDE",
      [&call](const std::vector<std::string>& files) { call.slides.assign(files.begin(), files.end()); },
      "The slides to open, side by side; or a case, NAME.geneglass, with its slide beside it");
  addMemory(program, call);
  addOption(program, "--model", call.model, "A model package (a folder); without it, the one shipped");
  program
      .add_option_function<double>(
          "--mpp", [&call](double mpp) { call.mpp = mpp; },
          "Micrometres per level-0 pixel, where the file says none or a wrong one")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  addOverlays(program, call);
  addOption(program, "--gene", call.gene, "The gene to show");
  addOption(program, "--spots", call.spots,
            "The folder of spots measured on the slide: counts.tsv or counts.tsv.gz with spots.tsv, or Space "
            "Ranger's; a snapshot then shows measured and predicted side by side");
  addOption(
      program, "--case", call.caseFile,
      "The case to open with the slide, made where there is none; without it, NAME.geneglass beside it. A "
      "snapshot shows its annotations, and a report what is in it, only where it is named");
  addOption(program, "--snapshot", call.snapshot,
            "Draw the slide into this PNG, JPEG, TIFF or SVG file and exit");
  addOption(program, "--report", call.report, "Predict, write this PDF or HTML file and exit");
  addPictureOptions(program, call);
  for (const char* file : {"--snapshot", "--report", "--spots", "--case"})
    program.get_option(file)->check([slides](const std::string&) {
      return slides->count() > 1 ? std::string("takes one slide only") : std::string();
    });
  program.get_option("--snapshot")->check([](const std::string& file) {
    const auto format = pictureFormatOf(file);
    return format ? std::string() : format.error().sentence;
  });
  ViewBenchmarkOptions bench;
  addBench(program, call, bench);
  program.get_option("--snapshot")->needs("SLIDE");
  program.get_option("--report")->needs("SLIDE")->excludes("--snapshot")->excludes("--spots");
  program.get_option("--spots")->needs("SLIDE");
  program.get_option("--case")->needs("SLIDE");
  if (const std::optional<int> status = parseWords(program, count, words)) return *status;
  return call;
}

}  // namespace geneglass
