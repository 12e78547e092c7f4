// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/pretraining/pretrain.h"

namespace geneglass {
namespace {

struct PretrainCall {
  std::vector<std::string> sources;
  std::string out;
  std::string start;
  PretrainOptions options;
};

void tellComposition(const PretrainedEncoder& encoder) {
  if (encoder.package.recipe != "composition") return;
  fmt::print("Trained on {} tiles. Correlation of read and planted fraction over {} tiles of other slides:\n",
             encoder.tiles, encoder.heldOutTiles);
  for (const TissueClass each : kAllTissueClasses)
    if (const double r = encoder.heldOutR[size_t(each)]; std::isfinite(r))
      fmt::print("  {:12} {:6.3f}\n", toString(each), r);
}

void tellNeighbours(const PretrainedEncoder& encoder) {
  if (encoder.package.recipe == "composition") return;
  fmt::print("Trained on {} tiles. ", encoder.tiles);
  if (std::isfinite(encoder.neighbourAccuracy))
    fmt::print(
        "Of {} tiles of known class, {}, {:.1f} % are of the class of their nearest on other slides.",
        encoder.heldOutTiles,
        encoder.judgedAreHeldOut ? "on slides not trained on" : "trained on, though not on their class",
        100 * encoder.neighbourAccuracy);
  fmt::print("\n");
}

Outcome pretrain(const PretrainCall& asked, std::stop_token stop) {
  PretrainOptions options = asked.options;
  options.sources.assign(asked.sources.begin(), asked.sources.end());
  options.out = asked.out;
  options.start = asked.start;
  const Result<PretrainedEncoder> encoder = pretrainEncoder(options, stop, progressLine());
  if (!encoder) return tl::unexpected(encoder.error());
  endProgressLine();
  tellComposition(*encoder);
  tellNeighbours(*encoder);
  fmt::print("{} written, {}\n", asked.out, encoder->package.hash);
  return {};
}

}  // namespace

void addPretrainCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<PretrainCall>();
  CLI::App* command =
      program.add_subcommand("pretrain", "Trains an encoder, which turns tiles into features");
  PretrainOptions& options = asked->options;
  command
      ->add_option("SOURCE", asked->sources,
                   "Slides, folders of slides, folders of PNG or JPEG tiles; for composition folders made by "
                   "'synth'")
      ->required();
  command->add_option("--recipe", options.recipe, "contrast, histcode2022 or composition")
      ->required()
      ->check(CLI::IsMember({"contrast", "histcode2022", "composition"}));
  command->add_option("--out", asked->out, "The encoder's folder; must not exist")->required();
  command->add_option("--encoder", options.encoder, "Of contrast; otherwise the start's, or the recipe's")
      ->check(CLI::IsMember({"small", "resnet18", "resnet50"}));
  command->add_option("--start", asked->start,
                      "A package whose encoder contrast begins with; it keeps its shape");
  command->add_option("--mpp", options.mpp, "Micrometres per pixel of slides that do not say it")
      ->check(CLI::Range(0.01, 100.0));
  const auto add = [&](const char* name, auto& value, const char* what, auto range) {
    command->add_option(name, value, what)->check(range);
  };
  add("--epochs", options.epochs, "Times over all tiles; otherwise the recipe's", CLI::Range(1, 100'000));
  add("--batch", options.batch, "Tiles a step; otherwise the recipe's", CLI::Range(2, 65'536));
  add("--learning-rate", options.learningRate,
      "The highest; otherwise the recipe's, which is for weights from scratch: with --start a tenth does",
      CLI::Range(1e-9, 10.0));
  add("--negatives", options.negatives, "Learnable negatives of contrast; otherwise the recipe's",
      CLI::Range(int64_t(1), int64_t(100'000'000)));
  add("--reservoir", options.reservoirMebibytes, "MiB of tiles in memory that contrast mixes slides in",
      CLI::Range(1, 1 << 20));
  command->add_option("--seed", options.seed, "Of weights, views and order")->capture_default_str();
  add("--threads", options.threads, "0: one a processor", CLI::Range(0, 1024));
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return pretrain(*asked, stop); }; });
}

}  // namespace geneglass
