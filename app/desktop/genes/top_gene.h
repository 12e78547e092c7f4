// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/prediction/prediction.h"

namespace geneglass {

/// The gene that the model predicts best, by its held-out correlation, whatever its value here: the same on
/// every slide. -1 when none is well predicted.
int topGene(const Prediction& prediction);

}  // namespace geneglass
