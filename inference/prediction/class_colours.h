// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "inference/prediction/gene_panel.h"
#include "inference/prediction/slide_call.h"

namespace geneglass {

/// Of the tiles of a class, opaque 0xAARRGGBB, wherever they are shown: that of the panel's group of this
/// name, so that CMS1 is as in the charts; else one of Okabe and Ito's, which colour-blind people tell apart,
/// and four more; from the thirteenth class on again. Inline, since overlays do not link inference.
inline uint32_t classColour(const GenePanel& panel, const CallFacts& facts, size_t each) {
  constexpr std::array<uint32_t, 12> kColours{0xFFE69F00, 0xFF56B4E9, 0xFF009E73, 0xFFF0E442,
                                              0xFF0072B2, 0xFFD55E00, 0xFFCC79A7, 0xFF505050,
                                              0xFF8C6D31, 0xFF7B4FBF, 0xFF9ACD32, 0xFFB0B0B0};
  for (const GeneGroup& group : panel.groups)
    if (group.name == facts.classes[each].name) return group.colour;
  return kColours[each % kColours.size()];
}

}  // namespace geneglass
