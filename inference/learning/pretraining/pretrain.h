// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "inference/learning/pretraining/pretrain_request.h"
#include "inference/learning/pretraining/pretrained_encoder.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// Recipe `composition`: a residual network and a linear read-out learn the tissue-class fractions of each
/// tile under strong changes of staining; the network is written as an encoder's package. One slide of ten is
/// held out. Recipes `contrast` and `histcode2022`: contrast_training.h. Errors: what
/// preparePretraining() refuses, a source that cannot be read, cancelled; then no package is left. Same seed
/// and thread count, same weights.
Result<PretrainedEncoder> pretrainEncoder(const PretrainRequest& request, std::stop_token stop,
                                          const OnProgress& progress);

}  // namespace geneglass
