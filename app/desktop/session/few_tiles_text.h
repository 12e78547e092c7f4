// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "inference/prediction/few_tiles.h"

namespace geneglass {

/// "Only 7 tiles: ..." of a prediction of few tiles, a sentence; empty of others.
QString fewTilesText(const Prediction& prediction);

}  // namespace geneglass
