// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "inference/encoder/loaded_encoder.h"
#include "inference/features/feature_bag.h"
#include "viewer/foundation/progress.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Places as the model sees them: a row each, of tiles centred there, of all sizes of its view, whatever
/// tissue they hold; what lies outside the slide is white. The grid is a fine one: it tells each
/// place to within a 64th of the tile, or, on very large slides, to a 4,000th of its side. Always in float32,
/// on `threads` of the processor (0 = all). Blocks. Errors: unknown mpp, a tile that cannot be read, those of
/// the encoder, stopped.
Result<FeatureBag> spotBag(const OpenedSlide& opened, const std::vector<Point>& centres,
                           const LoadedEncoder& encoder, int threads, std::stop_token stop,
                           const OnProgress& progress);

/// Some rows of a bag, in the order asked for; no longer all of a slide.
FeatureBag partOf(const FeatureBag& bag, const std::vector<size_t>& rows);

}  // namespace geneglass
