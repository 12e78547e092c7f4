// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "inference/learning/pretraining/pretrain_preparation.h"
#include "inference/learning/pretraining/pretrained_encoder.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// Trains an encoder by adversarial contrast on tiles without labels, and writes its package. What it has
/// done is kept beside the package (OUT.state) every few minutes and when it is stopped: the same call goes
/// on, to the same bytes. OUT.curve.csv grows meanwhile: step,epoch,tiles,loss,neighbour_accuracy. Classes,
/// where they are known, serve to judge only; of ten or more synthetic slides every fifth is held out for
/// that.
Result<PretrainedEncoder> pretrainByContrast(const PreparedPretraining& prepared, std::stop_token stop,
                                             const OnProgress& progress);

}  // namespace geneglass
