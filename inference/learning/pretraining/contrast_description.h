// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/pretraining/contrast_recipe.h"
#include "inference/learning/pretraining/contrast_tiles.h"
#include "inference/learning/pretraining/pretrain_request.h"
#include "inference/package/model_package.h"

namespace geneglass {

/// What the package of an encoder that learnt by contrast says of itself: from what, how, and whether from
/// made tissue. `start`: what the package that it began with says; empty: none.
ModelPackage describeContrast(const PretrainRequest& options, const ContrastRecipe& recipe,
                              const ContrastTiles& tiles, const std::string& start);

}  // namespace geneglass
