// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "inference/synthetic/stain.h"
#include "inference/synthetic/tissue_layout.h"
#include "viewer/foundation/geometry.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Draws a synthetic H&E slide at 0.5 um per pixel. Every pixel is a function of seed, size and its place
/// alone, so any rectangle may be drawn by itself, in any order, on any thread; nothing of the slide is kept.
class SlidePainter final {
 public:
  /// Grows whenever the same seed gives other pixels or another layout.
  static constexpr int kVersion = 2;

  /// `stainShift`: see drawStain.
  SlidePainter(uint64_t seed, Size size, double stainShift = 0, SectionKind kind = SectionKind::Mixed);

  const TissueLayout& layout() const { return m_layout; }
  const Stain& stain() const { return m_stain; }

  /// Level-0 pixels [x, x + width) x [y, y + height).
  Image render(int64_t x, int64_t y, int width, int height) const;

 private:
  uint64_t m_seed;
  TissueLayout m_layout;
  Stain m_stain;
};

}  // namespace geneglass
