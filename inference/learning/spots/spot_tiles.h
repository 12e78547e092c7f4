// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "inference/learning/spots/spot_table.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Which tiles show a spot.
struct SpotView {
  double side = 224;                      ///< of a tile, micrometres
  std::vector<Point> offsets = {{0, 0}};  ///< K: the tiles' centres from the spot's centre, micrometres
};

/// Reads the tiles around spots, by spot, then offset. Whatever tissue they hold; what lies outside the slide
/// is white. The slide and the spots outlive it.
class SpotTiles final {
 public:
  /// Each tile is drawn into `pixels` x `pixels`. Error: unknown mpp.
  static Result<SpotTiles> of(const OpenedSlide& opened, const SpotTable& spots, SpotView view, int pixels);

  size_t count() const { return m_spots.centres.size() * m_view.offsets.size(); }

  /// Tiles [first, first + images.size()), read on all processors. Error: one that cannot be read.
  Result<void> read(size_t first, std::span<Image> images) const;

 private:
  SpotTiles(const OpenedSlide& opened, const SpotTable& spots, SpotView view, int pixels);
  Result<Image> readOne(size_t index) const;
  const OpenedSlide& m_opened;
  const SpotTable& m_spots;
  SpotView m_view;
  int m_pixels;
};

}  // namespace geneglass
