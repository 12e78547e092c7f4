// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretrain_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/learning/cohort/check_slides.h"
#include "inference/learning/pretraining/contrast_recipe.h"
#include "inference/learning/pretraining/tile_sources.h"
#include "inference/package/package_writer.h"

namespace geneglass {
namespace {

Result<PretrainingFacts> checkComposition(const PretrainOptions& options, const std::stop_token& stop) {
  const auto slides = listSyntheticSlides(options.sources);
  if (!slides) return tl::unexpected(slides.error());
  if (const Result<void> read = checkSlides(*slides, {}, stop); !read) return tl::unexpected(read.error());
  PretrainingFacts facts;
  facts.slides = slides->size();
  facts.encoder.width = options.channels.back();
  facts.epochs = options.epochs > 0 ? options.epochs : kCompositionEpochs;
  return facts;
}

/// The encoder and the epochs that it would have.
Result<PretrainingFacts> contrastFacts(const PretrainOptions& options) {
  const Result<ContrastRecipe> recipe = contrastRecipe(options.recipe, options.encoder);
  if (!recipe) return tl::unexpected(recipe.error());
  PretrainingFacts facts;
  facts.encoder = recipe->encoder;
  facts.epochs = options.epochs > 0 ? options.epochs : recipe->epochs;
  if (options.start.empty()) return facts;
  const Result<ModelPackage> start = openStart(options.start);
  if (!start) return tl::unexpected(start.error());
  if (const Result<void> same = checkStartShape(options.encoder, *start); !same)
    return tl::unexpected(same.error());
  facts.encoder = start->encoder;
  return facts;
}

Result<PretrainingFacts> checkContrast(const PretrainOptions& options, const std::stop_token& stop) {
  Result<PretrainingFacts> facts = contrastFacts(options);
  if (!facts) return facts;
  const Result<std::vector<TileFile>> files = listTileFiles(options.sources);
  if (!files) return tl::unexpected(files.error());
  std::vector<std::filesystem::path> slides;
  for (const TileFile& one : *files)
    if (!one.isPicture) slides.push_back(one.file);
  if (const Result<void> read = checkSlides(slides, options.mpp, stop); !read)
    return tl::unexpected(read.error());
  facts->slides = slides.size();
  facts->pictures = files->size() - slides.size();
  std::error_code error;
  facts->goesOn = std::filesystem::is_directory(contrastStateOf(options.out), error);
  return facts;
}

}  // namespace

Result<PretrainingFacts> checkPretraining(const PretrainOptions& options, const std::stop_token& stop) {
  if (options.out.empty()) return fail("The new encoder's folder has no name yet.");
  if (const Result<void> free = checkFree(options.out); !free) return tl::unexpected(free.error());
  return options.recipe == "composition" ? checkComposition(options, stop) : checkContrast(options, stop);
}

Result<ModelPackage> openStart(const std::filesystem::path& folder) {
  Result<ModelPackage> package = openModelPackage(folder);
  if (package && package->encoder.architecture != "resnet")
    return fail(fmt::format("Cannot start with '{}': its encoder is no built-in network.", folder.string()));
  return package;
}

std::filesystem::path contrastStateOf(const std::filesystem::path& out) {
  return out.string() + ".state";
}

}  // namespace geneglass
