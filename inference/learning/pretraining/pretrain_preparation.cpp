// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretrain_preparation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "inference/learning/cohort/check_slides.h"
#include "inference/learning/pretraining/encoder_networks.h"
#include "viewer/foundation/files/part_folder.h"

namespace geneglass {
namespace {

template <typename Number>
void complete(Number& asked, Number own) {
  if (asked == 0) asked = own;
}

/// What was not asked for is the recipe's.
PretrainRequest completed(PretrainRequest request, const PretrainRecipe& recipe) {
  complete(request.epochs, recipe.epochs);
  complete(request.batch, recipe.batch);
  complete(request.learningRate, recipe.learningRate);
  if (request.name.empty()) request.name = recipe.name;
  return request;
}

void applyTo(ContrastRecipe& recipe, const PretrainRequest& asked) {
  if (asked.epochs > 0) recipe.epochs = asked.epochs;
  if (asked.batch > 0) recipe.batch = asked.batch;
  if (asked.negatives > 0) recipe.settings.negatives = asked.negatives;
  if (asked.learningRate > 0) {
    recipe.lastLearningRate *= asked.learningRate / recipe.learningRate;
    recipe.learningRate = asked.learningRate;
  }
}

/// An encoder that is begun with keeps its shape: no other may be asked for.
Result<void> checkShape(const std::string& encoder, const ModelPackage& start) {
  if (encoder.empty()) return {};
  const Result<EncoderNetwork> asked = encoderNamed(encoder);
  if (!asked) return tl::unexpected(asked.error());
  const EncoderFacts& own = start.encoder;
  if (asked->isThatOf(own)) return {};
  return fail(
      fmt::format("Cannot start with '{}': it has stages of {} channels and {} blocks, '{}' has {} and {}; "
                  "without --encoder its own shape is kept.",
                  start.folder.string(), fmt::join(own.channels, " "), fmt::join(own.blocks, " "), encoder,
                  fmt::join(asked->channels, " "), fmt::join(asked->blocks, " ")));
}

Result<ModelPackage> openStart(const PretrainRequest& request) {
  Result<ModelPackage> package = openModelPackage(request.start);
  if (!package) return package;
  if (package->encoder.architecture != "resnet")
    return fail(
        fmt::format("Cannot start with '{}': its encoder's architecture is '{}', and 'resnet' is trained.",
                    request.start.string(), package->encoder.architecture));
  if (const Result<void> same = checkShape(request.encoder, *package); !same)
    return tl::unexpected(same.error());
  return package;
}

Result<void> prepareContrast(PreparedPretraining& prepared, const PretrainRequest& asked) {
  Result<ContrastRecipe> contrast = contrastRecipe(asked.recipe, asked.encoder);
  if (!contrast) return tl::unexpected(contrast.error());
  applyTo(*contrast, asked);
  if (!asked.start.empty()) {
    Result<ModelPackage> start = openStart(asked);
    if (!start) return tl::unexpected(start.error());
    contrast->encoder = start->encoder;
    contrast->encoder.weights = "encoder.h5";
    prepared.start = std::move(*start);
  }
  const Result<int64_t> share = shareOf(asked.place, contrast->batch, contrast->part);
  if (!share) return fail(fmt::format("Cannot learn '{}': {}.", asked.out.string(), share.error().sentence));
  prepared.contrast = std::move(*contrast);
  prepared.encoder = prepared.contrast.encoder;
  Result<std::vector<TileFile>> files = listTileFiles(asked.sources);
  if (!files) return tl::unexpected(files.error());
  prepared.files = std::move(*files);
  return {};
}

Result<void> prepareComposition(PreparedPretraining& prepared) {
  if (prepared.request.place.ranks > 1)
    return fail(fmt::format("The recipe '{}' learns in one process, not in {}.", prepared.recipe.name,
                            prepared.request.place.ranks));
  const auto slides = listSyntheticSlides(prepared.request.sources);
  if (!slides) return tl::unexpected(slides.error());
  for (const std::filesystem::path& slide : *slides) prepared.files.push_back({slide, false});
  EncoderFacts& made = prepared.encoder;
  made.name = prepared.request.name;
  made.width = prepared.request.channels.back();
  made.architecture = "resnet";
  made.blocks = prepared.request.blocks;
  made.channels = prepared.request.channels;
  made.weights = "encoder.h5";
  return {};
}

}  // namespace

std::vector<std::filesystem::path> PreparedPretraining::slides() const {
  std::vector<std::filesystem::path> slides;
  for (const TileFile& one : files)
    if (!one.isPicture) slides.push_back(one.file);
  return slides;
}

Result<PreparedPretraining> preparePretraining(const PretrainRequest& request, const std::stop_token& stop) {
  if (request.out.empty()) return fail("The new encoder's folder has no name yet.");
  if (const Result<void> free = checkFree(request.out); !free) return tl::unexpected(free.error());
  const Result<PretrainRecipe> recipe = pretrainRecipeNamed(request.recipe);
  if (!recipe) return tl::unexpected(recipe.error());
  PreparedPretraining prepared{completed(request, *recipe), *recipe, {}, {}, {}, {}};
  const Result<void> done =
      recipe->byContrast ? prepareContrast(prepared, request) : prepareComposition(prepared);
  if (!done) return tl::unexpected(done.error());
  if (const Result<void> read = checkSlides(prepared.slides(), request.mpp, stop); !read)
    return tl::unexpected(read.error());
  return prepared;
}

bool goesOn(const PreparedPretraining& prepared) {
  std::error_code error;
  return prepared.recipe.byContrast &&
         std::filesystem::is_directory(contrastStateOf(prepared.request.out), error);
}

std::filesystem::path contrastStateOf(const std::filesystem::path& out) {
  return out.string() + ".state";
}

}  // namespace geneglass
