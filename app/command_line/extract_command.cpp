// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "app/command_line/each_slide.h"
#include "inference/features/extract_features.h"
#include "inference/package/holds_program.h"

namespace geneglass {
namespace {

/// A bag that an earlier run finished, if there is one.
std::optional<FeatureBag> bagThere(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  Result<FeatureBag> bag = readBag(file);
  return bag ? std::optional(std::move(*bag)) : std::nullopt;
}

/// All features of this very slide by this encoder.
bool isWhole(const FeatureBag& bag, const Slide& slide, const ModelPackage& package) {
  return bag.key == FeatureStore::keyOf(slide, package, Precision::Float32) && bag.damagedTiles == 0;
}

Result<SlideDone> extractOne(const SlideTurn& turn, const LoadedEncoder& encoder,
                             const EachSlideOptions& options) {
  const Slide& slide = *turn.opened.slide;
  const std::filesystem::path file = std::filesystem::path(options.folder) / (turn.job.name + ".h5");
  if (const std::optional<FeatureBag> there = bagThere(file)) {
    if (isWhole(*there, slide, encoder.package()))
      return SlideDone{slide.file.string(), file.string(),
                       fmt::format("{}: is there already", file.string())};
    if (there->slideHash != slide.hash)
      return fail(fmt::format(
          "Cannot write '{}': it holds the features of another slide than '{}'; remove it or give another "
          "folder.",
          file.string(), slide.file.string()));
  }
  const Result<ExtractedBag> extracted = extractFeatures(turn.opened, encoder,
                                                         {.threads = options.threads,
                                                          .precision = Precision::Float32,
                                                          .store = std::make_shared<const FeatureStore>()},
                                                         turn.stop, turn.progress);
  if (!extracted) return tl::unexpected(extracted.error());
  const Result<void> written = writeBag(file, extracted->bag);
  if (!written) return tl::unexpected(written.error());
  std::string line =
      fmt::format("{}: {} tiles x {} features in {:.1f} s", file.string(), extracted->bag.features.rows,
                  extracted->bag.features.columns, extracted->seconds.total);
  if (extracted->bag.damagedTiles > 0)
    line += fmt::format(", {} damaged tiles left out", extracted->bag.damagedTiles);
  return SlideDone{slide.file.string(), file.string(), line, {}, stepsOf(extracted->seconds)};
}

Outcome extractAll(const EachSlideOptions& options, std::stop_token stop) {
  const Result<ModelPackage> package = openModelPackage(options.package);
  if (!package) return tl::unexpected(package.error());
  if (holdsProgram(*package)) fmt::print("{}\n", kHoldsProgram);
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(*package));
  const Result<SlidesOutcome> outcome = eachSlide(
      options, stop,
      {.command = "extract", .package = *package, .asked = "extract", .work = [&](const SlideTurn& turn) {
         return extractOne(turn, encoder, options);
       }});
  if (!outcome) return tl::unexpected(outcome.error());
  return outcomeOf(*outcome);
}

}  // namespace

void addExtractCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<EachSlideOptions>();
  CLI::App* command =
      program.add_subcommand("extract", "Writes the features of each slide's tiles as NAME.h5");
  declareEachSlide(*command, *options);
  command->add_option("--model", options->package, "Folder of the model package whose encoder is used")
      ->required();
  command->callback(
      [options, &run] { run = [options](std::stop_token stop) { return extractAll(*options, stop); }; });
}

}  // namespace geneglass
