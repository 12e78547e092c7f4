// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/learning/pretraining/contrast_recipe.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A way to pretrain an encoder, published or this program's own.
struct PretrainRecipe {
  std::string name;         ///< as packages and the command line call it
  std::string words;        ///< for people who choose
  bool byContrast = true;   ///< knows tiles again, without labels; else reads what `synth` planted
  bool takesDays = false;   ///< without a GPU
  std::string encoder;      ///< of contrast: its own of encoderNetworks()
  int epochs = 0;           ///< these three where others are not asked for
  int batch = 0;            ///< tiles
  double learningRate = 0;  ///< the highest
  void (*settle)(ContrastRecipe& recipe) = nullptr;  ///< of contrast: all other numbers
};

/// All of them, the one to begin with first. A new recipe is a row.
const std::vector<PretrainRecipe>& pretrainRecipes();
std::vector<std::string> pretrainRecipeNames();

/// Error: there is none of this name; the sentence lists those that are there.
Result<PretrainRecipe> pretrainRecipeNamed(const std::string& name);

/// The row's numbers with an encoder of encoderNetworks(); empty = its own. Errors: other names.
Result<ContrastRecipe> contrastRecipe(const std::string& name, const std::string& encoder);

}  // namespace geneglass
