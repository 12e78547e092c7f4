// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/evaluation/int8_measure.h"

namespace geneglass {
namespace {

struct CalibrateCall {
  std::string package;
  std::vector<std::string> slides;
  Int8Options options;
};

std::string verdictOf(const Int8Facts& facts) {
  const std::string diagnosis = facts.largestChange
                                    ? fmt::format(", of a slide's P(tumour) {:.4f} (allowed {})",
                                                  *facts.largestChange, Int8Facts::kLargestChange)
                                    : "";
  return fmt::format(
      "int8 against float32 on {} tiles of {} slides: least r over tiles {:.5f} ({}, needed {}), largest "
      "difference of a slide's value {:.4f} standard deviations ({}, allowed {}){}.\n{}\n",
      facts.checkedTiles, facts.checkedSlides, facts.leastR, facts.leastRGene, Int8Facts::kLeastR,
      facts.largestDifference, facts.largestDifferenceGene, Int8Facts::kLargestDifference, diagnosis,
      facts.agrees() ? "int8 is the default from now on." : "float32 stays the default.");
}

Outcome calibrate(const CalibrateCall& asked, std::stop_token stop) {
  Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const std::vector<std::filesystem::path> slides(asked.slides.begin(), asked.slides.end());
  Result<Int8Facts> facts = measureInt8(*package, slides, asked.options, stop, progressLine());
  if (!facts) return tl::unexpected(facts.error());
  endProgressLine();
  package->int8 = std::move(*facts);
  const Result<ModelPackage> written = writeManifest(*package);
  if (!written) return tl::unexpected(written.error());
  fmt::print("{}{} written, {}\n", verdictOf(*written->int8), asked.package, written->hash);
  return {};
}

}  // namespace

void addCalibrateCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<CalibrateCall>();
  CLI::App* command = program.add_subcommand(
      "calibrate",
      "Makes a model ready for int8 and stores how well that agrees with float32; changes no weights");
  command->add_option("MODEL", asked->package, "Folder of the model package")->required();
  command->add_option("SLIDE", asked->slides, "Slides of the kind it is for, four at least")->required();
  command->add_option("--tiles", asked->options.tilesASlide, "Tiles of every other slide to calibrate with")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command
      ->add_option("--check", asked->options.checkedSlides,
                   "Of the other slides, at most so many are compared")
      ->check(CLI::Range(2, 100'000))
      ->capture_default_str();
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return calibrate(*asked, stop); }; });
}

}  // namespace geneglass
