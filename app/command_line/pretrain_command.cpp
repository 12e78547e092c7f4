// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/pretrain.h"

namespace geneglass {
namespace {

struct Asked {
  std::vector<std::string> sources;
  std::string out;
  PretrainOptions options;
};

Outcome pretrain(const Asked& asked, std::stop_token stop) {
  PretrainOptions options = asked.options;
  options.sources.assign(asked.sources.begin(), asked.sources.end());
  options.out = asked.out;
  const Result<PretrainedEncoder> encoder = pretrainEncoder(options, stop, progressLine());
  if (!encoder) return tl::unexpected(encoder.error());
  endProgressLine();
  fmt::print("Trained on {} tiles. Correlation of read and planted fraction over {} tiles of other slides:\n",
             encoder->tiles, encoder->heldOutTiles);
  for (const TissueClass each : kAllTissueClasses)
    if (const double r = encoder->heldOutR[size_t(each)]; std::isfinite(r))
      fmt::print("  {:12} {:6.3f}\n", toString(each), r);
  fmt::print("{} written, {}\n", asked.out, encoder->package.hash);
  return {};
}

}  // namespace

void addPretrainCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<Asked>();
  CLI::App* command =
      program.add_subcommand("pretrain", "Trains an encoder, which turns tiles into features");
  command->add_option("SOURCE", asked->sources, "Folders of slides; for composition those made by 'synth'")
      ->required();
  command->add_option("--recipe", asked->options.recipe, "histcode2022 or composition")
      ->required()
      ->check(CLI::IsMember({"histcode2022", "composition"}));
  command->add_option("--out", asked->out, "The encoder's folder; must not exist")->required();
  command->add_option("--epochs", asked->options.epochs, "Times over all tiles")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--seed", asked->options.seed, "Of weights and changes of staining")
      ->capture_default_str();
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return pretrain(*asked, stop); }; });
}

}  // namespace geneglass
