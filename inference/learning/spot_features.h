// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "inference/encoder.h"
#include "inference/learning/spot_table.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/progress.h"

namespace geneglass {

/// Which tiles show a spot.
struct SpotView {
  double side = 224;                      ///< of a tile, micrometres; each is drawn into the encoder's tile
  std::vector<Point> offsets = {{0, 0}};  ///< K centres of tiles from the spot's centre, micrometres
};

/// K x D for each of the S spots, whatever tissue they hold: what lies outside the slide is white. Blocks;
/// encodes on the encoder's threads. Errors: unknown mpp, a region that cannot be read, stopped.
Result<std::vector<Matrix>> spotFeatures(const OpenedSlide& opened, const SpotTable& spots,
                                         const SpotView& view, Encoder& encoder, std::stop_token stop,
                                         const OnProgress& progress);

}  // namespace geneglass
