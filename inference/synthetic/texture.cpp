// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/texture.h"

#include <algorithm>
#include <cmath>

#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

/// Collagen: wavy bundles with clefts between them; `density` 0 (loose) to 1.
Amounts fibres(const Place& p, uint32_t seed, float density) {
  const float bundle = noise2(p.along / 95, p.across / 13, seed);
  const float fine = noise2(p.along / 34, p.across / 3.6f, seed + 1);
  const float thread = noise2(p.along / 21, p.across / 1.8f, seed + 14);
  const float packing = noise2(p.x / 160, p.y / 160, seed + 2);
  const float cleft = smoothStep(0.16f, 0.34f, bundle * 0.7f + fine * 0.3f + 0.22f * (packing + density - 1));
  const float eosin = 0.22f + 0.22f * density + 0.34f * (bundle - 0.4f) + 0.24f * (fine - 0.5f) +
                      0.22f * (thread - 0.5f) + 0.14f * (packing - 0.5f);
  return {(0.05f + 0.10f * fine * packing) * (0.3f + 0.7f * cleft),
          std::max(0.03f, eosin * (0.14f + 0.86f * cleft))};
}

/// Lamina propria: a loose net of fine fibres with clear gaps.
Amounts looseNet(const Place& p, uint32_t seed) {
  const float net = std::fabs(signedNoise(p.along / 26, p.across / 15, seed + 15));
  const float fine = std::fabs(signedNoise(p.along / 9, p.across / 6, seed + 16));
  const float soft = noise2(p.x / 60, p.y / 60, seed + 17);
  const float mesh =
      std::max(1 - smoothStep(0.05f, 0.42f, net), 0.75f * (1 - smoothStep(0.05f, 0.45f, fine)));
  return {0.05f + 0.08f * soft, 0.07f + 0.34f * mesh * (0.5f + soft) + 0.10f * soft};
}

/// Smooth muscle: broad, even, parallel fascicles.
Amounts muscle(const Place& p, uint32_t seed) {
  const float fascicle = noise2(p.along / 420, p.across / 46, seed + 3);
  const float fibre = noise2(p.along / 120, p.across / 6.5f, seed + 4);
  const float cleft = smoothStep(0.06f, 0.14f, fascicle);
  return {0.09f + 0.05f * fibre,
          (0.52f + 0.20f * (fibre - 0.5f) + 0.14f * (fascicle - 0.5f)) * (0.12f + 0.88f * cleft)};
}

/// Extracellular mucin: pale blue, streaming, with clear gaps.
Amounts mucin(const Place& p, uint32_t seed) {
  const float stream = noise2(p.along / 150, p.across / 17, seed + 5);
  const float strand = noise2(p.along / 60, p.across / 5, seed + 6);
  const float wisp = noise2(p.along / 44, p.across / 2.4f, seed + 19);
  const float thread = smoothStep(0.70f, 0.95f, strand) * smoothStep(0.3f, 0.7f, stream);
  const float fibril = smoothStep(0.68f, 0.92f, wisp) * smoothStep(0.25f, 0.6f, stream);
  return {0.12f + 0.32f * stream + 0.14f * thread + 0.22f * fibril, 0.05f + 0.06f * thread + 0.07f * fibril};
}

/// Necrosis: structureless, granular, eosinophilic, with ghosts of cells.
Amounts necrosis(const Place& p, uint32_t seed) {
  const float cloud = noise2(p.along / 70, p.across / 70, seed + 7);
  const float clump = noise2(p.along / 13, p.across / 13, seed + 8);
  const float grain = noise2(p.along / 3.1f, p.across / 3.1f, seed + 9);
  return {0.07f + 0.13f * cloud * clump + 0.05f * grain,
          0.36f + 0.26f * (cloud - 0.4f) + 0.20f * (clump - 0.5f) + 0.14f * (grain - 0.5f)};
}

/// Lymphoid ground between its nuclei.
Amounts lymphoid(const Place& p, uint32_t seed) {
  const float soft = noise2(p.along / 24, p.across / 24, seed + 10),
              fine = noise2(p.along / 6, p.across / 6, seed + 18);
  const float gap = smoothStep(0.14f, 0.30f, 0.6f * soft + 0.4f * fine);
  return {0.05f + 0.15f * soft * gap, 0.03f + (0.10f + 0.16f * fine) * gap};
}

/// Fat: large empty vacuoles, thin septa where two cells' distances meet.
Amounts fat(const Place& p, uint32_t seed) {
  constexpr float kCell = 118;
  const float x = (p.x + 11 * signedNoise(p.x / 60, p.y / 60, seed + 11)) / kCell;
  const float y = (p.y + 11 * signedNoise(p.x / 60, p.y / 60, seed + 12)) / kCell;
  const int column = floorOf(x), row = floorOf(y);
  float first = 9, second = 9;
  for (int j = row - 1; j <= row + 1; ++j)
    for (int i = column - 1; i <= column + 1; ++i) {
      const uint32_t h = hash2(i, j, seed + 13);
      const float dx = static_cast<float>(i) + 0.12f + 0.76f * unitOf(h) - x;
      const float dy = static_cast<float>(j) + 0.12f + 0.76f * unitOf(h * 0x9E3779B1u) - y;
      const float distance = std::sqrt(dx * dx + dy * dy);
      second = std::min(second, std::max(first, distance));
      first = std::min(first, distance);
    }
  const float septum = 1 - smoothStep(1.6f, 4.2f, (second - first) * 0.5f * kCell);
  return {0.004f + 0.05f * septum, 0.01f + 0.30f * septum};
}

Amounts mixed(Amounts a, Amounts b, float share) {
  return {a.haematoxylin + (b.haematoxylin - a.haematoxylin) * share, a.eosin + (b.eosin - a.eosin) * share};
}

}  // namespace

Amounts groundTexture(TissueClass region, const Place& place, uint32_t seed) {
  switch (region) {
    case TissueClass::Mucosa:
    case TissueClass::Goblet:
      return looseNet(place, seed);
    case TissueClass::Tumour:
      return fibres(place, seed, 0.5f);
    case TissueClass::Mucin:
      return mucin(place, seed);
    case TissueClass::Lymphoid:
      return lymphoid(place, seed);
    case TissueClass::Necrosis:
      return necrosis(place, seed);
    case TissueClass::Fat:
      return fat(place, seed);
    case TissueClass::Muscle:
      return muscle(place, seed);
    default:
      return fibres(place, seed, 0.85f);
  }
}

float lumenDepth(const Gland& gland, float depth, float x, float y, uint32_t seed) {
  const float ragged = 9 * signedNoise(x / 21, y / 21, seed + 22);
  if (!gland.cribriform) return depth - gland.epithelium - ragged;
  return std::min(depth - 30 - ragged, 75 * (noise2(x / 38, y / 38, gland.seed) - 0.60f));
}

Amounts glandTexture(const Gland& gland, float depth, const Place& place, Amounts under, uint32_t seed) {
  const float cover = smoothStep(-1.2f, 1.2f, depth);
  const bool tumour = gland.kind == TissueClass::Tumour;
  const float cytoplasm = noise2(place.x / 9, place.y / 9, seed + 20),
              grain = noise2(place.x / 2.6f, place.y / 2.6f, seed + 21);
  Amounts here;
  here.haematoxylin = (tumour ? 0.24f : 0.12f) + 0.08f * (cytoplasm - 0.5f) + 0.05f * (grain - 0.5f);
  here.eosin = (tumour ? 0.34f : 0.30f) + 0.14f * (cytoplasm - 0.5f) + 0.07f * (grain - 0.5f);
  const float open = lumenDepth(gland, depth, place.x, place.y, seed);
  const float brush = 1 - smoothStep(0, 4, std::fabs(open + 2));
  here.eosin += 0.16f * brush;
  const float lumen = smoothStep(-1.5f, 1.5f, open);
  if (lumen > 0) {
    const float clump = noise2(place.x / 19, place.y / 19, seed + 23);
    const float filled = gland.debris * smoothStep(0.42f, 0.62f, clump + 0.25f * (gland.debris - 0.5f));
    const Amounts dirt{0.10f + 0.35f * std::max(0.0f, grain - 0.6f) + 0.1f * cytoplasm,
                       0.30f + 0.25f * (grain - 0.5f)};
    here = mixed(here, mixed({0.015f, 0.012f}, dirt, filled), lumen);
  }
  const float membrane = 1 - smoothStep(0, 2.2f, std::fabs(depth + 1));
  Amounts result = mixed(under, here, cover);
  result.eosin += 0.12f * membrane;
  return result;
}

}  // namespace geneglass
