// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "inference/synthetic/tissue_class.h"
#include "viewer/foundation/geometry.h"

namespace geneglass {

/// What lies at one place, before any cell is drawn. Lengths in level-0 pixels.
struct Ground {
  float tissue = 0;  ///< about the distance to the tissue's edge, positive inside
  float pen = 0;     ///< distance to the edge of a pen stroke, positive inside
  float fold = 0;    ///< 0 to 1: how far the tissue lies double
  float along = 0;   ///< coordinates along and across the fibres
  float across = 0;
  TissueClass region = TissueClass::Stroma;  ///< Stroma to Muscle
};

/// Where the tissue of one slide lies and of which class each place is: a pure function of seed and position,
/// with nothing kept of the slide. Any thread.
class TissueLayout final {
 public:
  TissueLayout(uint64_t seed, Size size, SectionKind kind = SectionKind::Mixed);

  Ground at(float x, float y) const;

  /// The class that maps say, with glass, folds and ink; `at` alone speaks of regions.
  TissueClass classAt(float x, float y) const;
  static TissueClass classOf(const Ground& ground);

  /// The region's class alone, cheaper than `at`.
  TissueClass regionAt(float x, float y) const;

 private:
  struct Oval {
    float x, y, radiusX, radiusY, cosine, sine;
  };
  struct Stroke {
    float x, y, cosine, sine, halfLength, halfWidth;
  };

  void drawComposition(SectionKind kind);
  void placeTissue(Size size);
  void placeArtefacts(Size size);
  uint32_t regionNumber(float x, float y) const;
  float tissueAt(float x, float y) const;
  float strokeAt(const Stroke& stroke, float x, float y) const;

  uint64_t m_seed;
  uint32_t m_warp, m_region, m_edge, m_fibre;  ///< seeds
  float m_fibreCosine = 1, m_fibreSine = 0;
  std::array<float, kTissueClasses> m_until{};  ///< cumulated probability of each region class
  std::optional<uint32_t> m_tumourRegion;       ///< tumour whatever its lot
  std::vector<Oval> m_pieces;
  std::vector<Stroke> m_pens, m_folds;
};

}  // namespace geneglass
