// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretrain_request.h"

#include "inference/learning/pretraining/encoder_networks.h"
#include "inference/learning/pretraining/pretrain_recipes.h"

namespace geneglass {

std::vector<RequestOption> optionsOf(PretrainRequest& request) {
  return {
      requestOption(
          "SOURCE", request.sources,
          "Slides, folders of slides, folders of PNG or JPEG tiles; for composition folders made by "
          "'synth'")
          .required(),
      requestOption("--recipe", request.recipe, "How encoders are trained")
          .required()
          .oneOf(pretrainRecipeNames()),
      requestOption("--out", request.out, "The encoder's folder; must not exist").required(),
      requestOption("--seed", request.seed, "Of weights, views and order").withDefault(),
      requestOption("--threads", request.threads, "0: one a processor").within(0, 1024),
      requestOption("--epochs", request.epochs, "Times over all tiles; otherwise the recipe's")
          .within(1, 100'000),
      requestOption("--batch", request.batch, "Tiles a step; otherwise the recipe's").within(2, 65'536),
      requestOption("--learning-rate", request.learningRate,
                    "The highest; otherwise the recipe's, which is for weights from scratch: with --start a "
                    "tenth does")
          .within(1e-9, 10),
      requestOption("--negatives", request.negatives,
                    "Learnable negatives of contrast; otherwise the recipe's")
          .within(1, 100'000'000),
      requestOption("--reservoir", request.reservoirMebibytes,
                    "MiB of tiles in memory that contrast mixes slides in")
          .within(1, 1 << 20),
      requestOption("--encoder", request.encoder, "Of contrast; otherwise the start's, or the recipe's")
          .oneOf(encoderNames()),
      requestOption("--start", request.start,
                    "A package whose encoder contrast begins with; it keeps its shape"),
      requestOption("--mpp", request.mpp, "Micrometres per pixel of slides that do not say it")
          .within(0.01, 100),
  };
}

std::vector<std::string> wordsOf(PretrainRequest request) {
  PretrainRequest plain;
  return wordsBeside(optionsOf(plain), optionsOf(request));
}

}  // namespace geneglass
