// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "inference/learning/pretraining/pretrain_options.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// Recipe `composition`: a residual network and a linear read-out learn the tissue-class fractions of each
/// tile under strong changes of staining; the network is written as an encoder's package. One slide of ten is
/// held out. Recipes `contrast` and `histcode2022`: contrast_training.h. Errors: another recipe, sources that
/// cannot be used, cancelled; then no package is left. Same seed and thread count, same weights.
Result<PretrainedEncoder> pretrainEncoder(const PretrainOptions& options, std::stop_token stop,
                                          const OnProgress& progress);

}  // namespace geneglass
