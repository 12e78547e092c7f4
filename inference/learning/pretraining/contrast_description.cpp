// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_description.h"

#include <fmt/format.h>

#include "inference/prediction/synthetic_statement.h"

namespace geneglass {

ModelPackage describeContrast(const PretrainRequest& options, const ContrastRecipe& recipe,
                              const ContrastTiles& tiles, const std::string& start) {
  ModelPackage package;
  package.name = options.name;
  package.version = "1";
  package.statement = "encoder trained by contrast on tiles without labels";
  if (tiles.areSynthetic)
    package.statement += ", of synthetic tissue";
  else if (saysSynthetic(start))
    package.statement += ", begun with one of synthetic tissue";
  package.licence = "GPL-3.0-or-later";
  package.recipe = recipe.name;
  package.encoder = recipe.encoder;
  package.encoder.name = package.name;
  package.training = fmt::format(
      "Adversarial contrast on {} tiles of {} slides or pictures, {} epochs, batches of {}, {} negatives, "
      "views of {} px, seed {}{}.",
      tiles.learned.size(), tiles.learnedSources, recipe.epochs, recipe.batch, recipe.settings.negatives,
      recipe.views.side, options.seed,
      options.start.empty() ? "" : ", begun with the weights of another package");
  return package;
}

}  // namespace geneglass
