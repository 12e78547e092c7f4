// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "inference/synthetic/glands.h"
#include "inference/synthetic/tissue_class.h"

namespace geneglass {

/// Amounts of haematoxylin and eosin.
struct Amounts {
  float haematoxylin = 0;
  float eosin = 0;
};

/// One place, level-0 pixels, with its coordinates along and across the fibres.
struct Place {
  float x = 0, y = 0;
  float along = 0, across = 0;
};

/// What lies between cells in a region of this class: fibres, mucus, debris, fat.
Amounts groundTexture(TissueClass region, const Place& place, uint32_t seed);

/// How deep a place `depth` pixels within the outline lies in a lumen: pixels, positive inside.
float lumenDepth(const Gland& gland, float depth, float x, float y, uint32_t seed);

/// A gland's lining and lumen over the ground `under`, `depth` pixels within its outline.
Amounts glandTexture(const Gland& gland, float depth, const Place& place, Amounts under, uint32_t seed);

}  // namespace geneglass
