// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "inference/encoder/encoder.h"
#include "inference/learning/spots/spot_tiles.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// K x D for each of the S spots: its tiles as the encoder sees them. Blocks; on the encoder's threads.
/// Errors: unknown mpp, a region that cannot be read, stopped.
Result<std::vector<Matrix>> spotFeatures(const OpenedSlide& opened, const SpotTable& spots,
                                         const SpotView& view, Encoder& encoder, std::stop_token stop,
                                         const OnProgress& progress);

/// K x 15 for each spot: what can be said of its tiles by colour alone. Of R, G and B, 0..1: the means, the
/// deviations, then the 5th, 50th and 95th percentiles.
Result<std::vector<Matrix>> spotColours(const OpenedSlide& opened, const SpotTable& spots,
                                        const SpotView& view);

}  // namespace geneglass
