// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "inference/prediction/prediction.h"

namespace geneglass {

/// Places of a slide where a model was asked anew, of tiles that overlap: finer than its map of the whole.
/// Each part holds the tiles of one view; only its tiles' own values are of use, since shares of attention
/// are of the tiles together. The newest comes last. Plain, constant, shared.
struct SharpenedMaps {
  std::vector<std::shared_ptr<const Prediction>> parts;  ///< all of one model and slide
};

}  // namespace geneglass
