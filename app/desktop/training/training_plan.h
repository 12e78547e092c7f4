// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "app/desktop/training/training_job.h"
#include "inference/learning/packages/training_request.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The call of `geneglass-cli train` that `request` is, and what the window says of it.
TrainingJob jobOf(const TrainingRequest& request);

/// What the preparation of a training and its slides say, in one or two sentences; the error is the first
/// thing against it. Reads files; not on the GUI thread.
Result<QString> describeTraining(const TrainingRequest& request, const std::stop_token& stop = {});

/// "1 case", "5 cases".
QString counted(size_t count, const QString& one, const QString& many);

}  // namespace geneglass
