// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "app/desktop/training/training_job.h"
#include "inference/learning/pretraining/pretrain_request.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The call of `geneglass-cli pretrain` that `request` is, and what the window says of it.
TrainingJob jobOf(const PretrainRequest& request);

/// What it would learn from and make, in a sentence or two; the error is the first thing against it. Opens
/// every slide; not on the GUI thread.
Result<QString> describePretraining(const PretrainRequest& request, const std::stop_token& stop = {});

}  // namespace geneglass
