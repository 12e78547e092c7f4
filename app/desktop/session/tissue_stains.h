// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/tissue/tissue_mask.h"
#include "viewer/slide/image.h"
#include "viewer/slide/stain_estimate.h"

namespace geneglass {

/// The stains of a picture of the whole of a slide (`size`: level-0 pixels), from what the mask says is
/// tissue; from all of it where there is no mask. Any thread.
StainEstimate estimateStainsOf(const Image& picture, const TissueMask* tissue, Size size);

}  // namespace geneglass
