// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "inference/learning/pretraining/pretrain_recipes.h"
#include "inference/learning/pretraining/pretrain_request.h"
#include "inference/learning/pretraining/tile_sources.h"

namespace geneglass {

/// A pretraining that can begin.
struct PreparedPretraining {
  PretrainRequest request;  ///< epochs, batch, rate and name are the recipe's where they were not asked for
  PretrainRecipe recipe;
  ContrastRecipe contrast;            ///< of recipe.byContrast: with all that was asked for
  std::optional<ModelPackage> start;  ///< whose encoder contrast begins with
  EncoderFacts encoder;               ///< that is made
  std::vector<TileFile> files;        ///< to learn from

  std::vector<std::filesystem::path> slides() const;  ///< of `files`
};

/// Lists the sources and opens the start; the error is the first thing against the pretraining: a package
/// that is there already, a recipe or an encoder there is none of, a start it cannot use, sources without
/// slides or pictures, a slide (see checkSlides). Every check of a pretraining stands here. Opens every
/// slide, loads no LibTorch; any thread.
Result<PreparedPretraining> preparePretraining(const PretrainRequest& request,
                                               const std::stop_token& stop = {});

/// Whether an earlier run of this name left something to go on from.
bool goesOn(const PreparedPretraining& prepared);

/// What contrast keeps itself in while it runs: OUT.state.
std::filesystem::path contrastStateOf(const std::filesystem::path& out);

}  // namespace geneglass
