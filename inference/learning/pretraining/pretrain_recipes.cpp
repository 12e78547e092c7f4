// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretrain_recipes.h"

#include "inference/learning/pretraining/encoder_networks.h"
#include "viewer/foundation/files/named_rows.h"

namespace geneglass {
namespace {

/// The table of methods.md section 2. Its slides' resolution is not stated: 0.5 um/px, that of 20x, is ours.
void asPublished(ContrastRecipe& recipe) {
  recipe.encoder.tile = recipe.streamTile = 256;
  recipe.encoder.mpp = 0.5;
  recipe.settings.negatives = 318'193;
  recipe.part = 0;
  recipe.fillFraction = 5;
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
  recipe.warmUp = 0.05;
}

}  // namespace

const std::vector<PretrainRecipe>& pretrainRecipes() {
  static const std::vector<PretrainRecipe> table{
      {"contrast", "this program's own, meant for processors", true, false, "small", 20, 128, 0.06, &ours},
      {"histcode2022", "the paper's numbers, meant for a GPU", true, true, "resnet50", 50, 250, 1e-3,
       &asPublished},
      {"composition", "what synthetic slides are made of", false, false, "", 6, 64, 3e-3, nullptr},
  };
  return table;
}

std::vector<std::string> pretrainRecipeNames() {
  return namesOf(pretrainRecipes());
}

Result<PretrainRecipe> pretrainRecipeNamed(const std::string& name) {
  return rowNamed(pretrainRecipes(), name, "recipe");
}

Result<ContrastRecipe> contrastRecipe(const std::string& name, const std::string& encoder) {
  const Result<PretrainRecipe> row = pretrainRecipeNamed(name);
  if (!row) return tl::unexpected(row.error());
  const Result<EncoderNetwork> network = encoderNamed(encoder.empty() ? row->encoder : encoder);
  if (!network) return tl::unexpected(network.error());
  ContrastRecipe recipe;
  recipe.name = name;
  recipe.encoder = network->facts();
  recipe.epochs = row->epochs;
  recipe.batch = row->batch;
  recipe.learningRate = row->learningRate;
  if (row->settle) row->settle(recipe);
  return recipe;
}

}  // namespace geneglass
