// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_recipe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace geneglass {
namespace {

EncoderFacts residualNetwork(ResidualBlock block, std::vector<int> blocks, std::vector<int> channels) {
  EncoderFacts facts;
  facts.architecture = "resnet";
  facts.weights = "encoder.h5";
  facts.block = block;
  facts.width = channels.back();
  facts.blocks = std::move(blocks);
  facts.channels = std::move(channels);
  return facts;
}

Result<EncoderFacts> encoderNamed(const std::string& name) {
  if (name == "small") return residualNetwork(ResidualBlock::Basic, {1, 1, 1, 1}, {16, 32, 64, 128});
  if (name == "resnet18") return residualNetwork(ResidualBlock::Basic, {2, 2, 2, 2}, {64, 128, 256, 512});
  if (name == "resnet50") return residualNetwork(ResidualBlock::Bottleneck, {3, 4, 6}, {256, 512, 1024});
  return fail(fmt::format("There is no encoder '{}'; 'small', 'resnet18' and 'resnet50' are.", name));
}

/// The table of methods.md section 2. Its slides' resolution is not stated: 0.5 um/px, that of 20x, is ours.
void asPublished(ContrastRecipe& recipe) {
  recipe.encoder.tile = recipe.streamTile = 256;
  recipe.encoder.mpp = 0.5;
  recipe.settings.negatives = 318'193;
  recipe.batch = 250;
  recipe.part = 0;
  recipe.fillFraction = 5;
  recipe.epochs = 50;
  recipe.learningRate = 1e-3;
  recipe.lastLearningRate = 6e-4;
}

/// For processors: views of 6 to 100 % of an encoder's tile, as stained and scanned elsewhere and turned
/// (other changes of colour, which no laboratory makes, taught less), few negatives, each part of a batch
/// with its own batch norm.
void ours(ContrastRecipe& recipe) {
  recipe.views.side = 112;
  recipe.views.leastArea = 0.06;
  recipe.views.stains = true;
  recipe.views.jitter = 0;
  recipe.views.grey = 0;
  recipe.settings.projection = 64;
  recipe.settings.keyMomentum = 0.99;
  recipe.settings.negatives = 4096;
  recipe.learningRate = 0.06;
  recipe.warmUp = 0.05;
}

}  // namespace

Result<ContrastRecipe> contrastRecipe(const std::string& name, const std::string& encoder) {
  const bool published = name == "histcode2022";
  if (!published && name != "contrast")
    return fail(
        fmt::format("There is no recipe '{}'; 'contrast', 'histcode2022' and 'composition' are.", name));
  Result<EncoderFacts> facts = encoderNamed(!encoder.empty() ? encoder : published ? "resnet50" : "small");
  if (!facts) return tl::unexpected(facts.error());
  ContrastRecipe recipe;
  recipe.name = name;
  recipe.encoder = std::move(*facts);
  published ? asPublished(recipe) : ours(recipe);
  return recipe;
}

Result<void> checkStartShape(const std::string& encoder, const ModelPackage& start) {
  if (encoder.empty()) return {};
  const Result<EncoderFacts> asked = encoderNamed(encoder);
  if (!asked) return tl::unexpected(asked.error());
  const EncoderFacts& own = start.encoder;
  if (asked->block == own.block && asked->blocks == own.blocks && asked->channels == own.channels) return {};
  return fail(
      fmt::format("Cannot start with '{}': it has stages of {} channels and {} blocks, '{}' has {} and {}; "
                  "without --encoder its own shape is kept.",
                  start.folder.string(), fmt::join(own.channels, " "), fmt::join(own.blocks, " "), encoder,
                  fmt::join(asked->channels, " "), fmt::join(asked->blocks, " ")));
}

}  // namespace geneglass
