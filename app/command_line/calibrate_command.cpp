// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/evaluation/precision_measure.h"
#include "inference/package/precision.h"

namespace geneglass {
namespace {

struct CalibrateCall {
  std::string package;
  std::vector<std::string> slides;
  PrecisionOptions options;
};

std::string verdictOf(const Agreement& facts, Precision precision) {
  const std::string diagnosis = facts.largestChange
                                    ? fmt::format(", of a slide's P(tumour) {:.4f} (allowed {})",
                                                  *facts.largestChange, Agreement::kLargestChange)
                                    : "";
  return fmt::format(
      "{} against float32 on {} tiles of {} slides: least r over tiles {:.5f} ({}, needed {}), largest "
      "difference of a slide's value {:.4f} standard deviations ({}, allowed {}){}.\n{}\n",
      toString(precision), facts.checkedTiles, facts.checkedSlides, facts.leastR, facts.leastRGene,
      Agreement::kLeastR, facts.largestDifference, facts.largestDifferenceGene, Agreement::kLargestDifference,
      diagnosis,
      facts.agrees() ? fmt::format("{} is the default from now on.", toString(precision))
                     : "float32 stays the default.");
}

struct Compared {
  Precision precision;
  Agreement agreement;
};

/// A transformer's bfloat16, else int8; the package keeps what was found.
Result<Compared> compare(ModelPackage& package, const std::vector<std::filesystem::path>& slides,
                         const PrecisionOptions& options, const std::stop_token& stop) {
  if (package.encoder.architecture == "vit") {
    const Result<Agreement> found = measureBfloat16(package, slides, options, stop, progressLine());
    if (!found) return tl::unexpected(found.error());
    package.bfloat16 = *found;
    return Compared{Precision::Bfloat16, *found};
  }
  const Result<Int8Facts> found = measureInt8(package, slides, options, stop, progressLine());
  if (!found) return tl::unexpected(found.error());
  package.int8 = *found;
  return Compared{Precision::Int8, found->agreement};
}

Outcome calibrate(const CalibrateCall& asked, std::stop_token stop) {
  Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const std::vector<std::filesystem::path> slides(asked.slides.begin(), asked.slides.end());
  const Result<Compared> compared = compare(*package, slides, asked.options, stop);
  if (!compared) return tl::unexpected(compared.error());
  endProgressLine();
  const Result<ModelPackage> written = writeManifest(*package);
  if (!written) return tl::unexpected(written.error());
  fmt::print("{}{} written, {}\n", verdictOf(compared->agreement, compared->precision), asked.package,
             written->hash);
  return {};
}

}  // namespace

void addCalibrateCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<CalibrateCall>();
  CLI::App* command = program.add_subcommand("calibrate",
                                             "Makes a model ready for int8, that of a transformer for "
                                             "bfloat16, and stores how well that agrees with "
                                             "float32; changes no weights");
  command->add_option("MODEL", asked->package, "Folder of the model package")->required();
  command
      ->add_option("SLIDE", asked->slides,
                   "Slides of the kind it is for: four at least, of a transformer two")
      ->required();
  command
      ->add_option("--tiles", asked->options.tilesASlide, "Tiles of every other slide to calibrate int8 with")
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
