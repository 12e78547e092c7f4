// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <filesystem>

#include "app/command_line/each_slide.h"
#include "app/progress_line.h"

namespace geneglass {
namespace {

/// A bag of this very slide and encoder that an earlier run finished.
bool isThere(const std::filesystem::path& file, const Slide& slide, const ModelPackage& package) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return false;
  const Result<FeatureBag> bag = readBag(file);
  return bag && bag->slideHash == slide.hash && bag->encoderHash == package.encoderHash && slide.mpp &&
         bag->mpp == slide.mpp->mean();
}

Result<SlideDone> extractOne(const OpenedSlide& opened, const ModelPackage& package,
                             const EachSlideOptions& options, std::stop_token stop) {
  const Slide& slide = *opened.slide;
  const std::filesystem::path file = std::filesystem::path(options.folder) / (slide.name() + ".h5");
  if (isThere(file, slide, package))
    return SlideDone{slide.file.string(), file.string(), fmt::format("{}: is there already", file.string())};
  const Result<ExtractedBag> extracted = extractFeatures(
      opened, package, {.threads = options.threads, .precision = Precision::Float32}, stop, progressLine());
  if (!extracted) return tl::unexpected(extracted.error());
  const Result<void> written = writeBag(file, extracted->bag);
  if (!written) return tl::unexpected(written.error());
  std::string line =
      fmt::format("{}: {} tiles x {} features in {:.1f} s", file.string(), extracted->bag.features.rows,
                  extracted->bag.features.columns, extracted->seconds.total);
  if (extracted->damagedTiles > 0)
    line += fmt::format(", {} damaged tiles left out", extracted->damagedTiles);
  return SlideDone{slide.file.string(), file.string(), line};
}

Outcome extractAll(const EachSlideOptions& options, std::stop_token stop) {
  const Result<ModelPackage> package = openModelPackage(options.package);
  if (!package) return tl::unexpected(package.error());
  const Result<SlidesOutcome> outcome =
      eachSlide(options, stop, [&](const OpenedSlide& opened, std::stop_token token) {
        return extractOne(opened, *package, options, token);
      });
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
