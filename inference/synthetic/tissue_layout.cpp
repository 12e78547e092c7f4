// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/tissue_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

constexpr float kRegion = 900;  ///< mean distance of two regions' centres: 450 um

/// Shape parameters of the gamma draws whose shares are a slide's composition (a Dirichlet distribution).
using Abundance = std::array<double, kTissueClasses>;
constexpr Abundance kAbundance = {0, 1.5, 2.0, 0.7, 0.9, 0.8, 1.2, 0.5, 0.4, 0.6, 0, 0};
constexpr Abundance kNormalAbundance = {0, 1.5, 0, 2.2, 1.2, 0.4, 1.2, 0, 0.5, 0.9, 0, 0};

}  // namespace

TissueLayout::TissueLayout(uint64_t seed, Size size, SectionKind kind)
    : m_seed(seed),
      m_warp(seedFor(seed, 10)),
      m_region(seedFor(seed, 11)),
      m_edge(seedFor(seed, 12)),
      m_fibre(seedFor(seed, 13)) {
  drawComposition(kind);
  placeTissue(size);
  placeArtefacts(size);
  if (kind == SectionKind::Tumour) m_tumourRegion = regionNumber(m_pieces.front().x, m_pieces.front().y);
}

void TissueLayout::drawComposition(SectionKind kind) {
  RandomStream random(seedFor(m_seed, 14));
  const double turn = random.uniform(0, std::numbers::pi);
  m_fibreCosine = static_cast<float>(std::cos(turn));
  m_fibreSine = static_cast<float>(std::sin(turn));
  const Abundance& abundance = kind == SectionKind::Normal ? kNormalAbundance : kAbundance;
  Abundance share{};
  double total = 0;
  for (size_t i = 0; i < kTissueClasses; ++i)
    total += share[i] = abundance[i] > 0 ? random.gamma(abundance[i]) : 0;
  double& tumour = share[static_cast<size_t>(TissueClass::Tumour)];
  if (const double others = total - tumour; kind == SectionKind::Tumour && tumour < kLeastTumour * total) {
    tumour = others * kLeastTumour / (1 - kLeastTumour);
    total = others + tumour;
  }
  double until = 0;
  for (size_t i = 0; i < kTissueClasses; ++i) m_until[i] = static_cast<float>((until += share[i]) / total);
}

void TissueLayout::placeTissue(Size size) {
  RandomStream random(seedFor(m_seed, 15));
  const int pieces = 1 + static_cast<int>(random.uniform() * 2.6);
  const bool sideBySide = size.width >= size.height;
  for (int i = 0; i < pieces; ++i) {
    const double place = (i + 0.5) / pieces, width = 0.44 / pieces;
    const double turn = random.normal() * 0.15;
    Oval oval{};
    const auto w = static_cast<double>(size.width), h = static_cast<double>(size.height);
    oval.x = static_cast<float>(w * (sideBySide ? place : 0.5 + 0.03 * random.normal()));
    oval.y = static_cast<float>(h * (sideBySide ? 0.5 + 0.03 * random.normal() : place));
    oval.radiusX = static_cast<float>(w * (sideBySide ? width : 0.40) * random.uniform(0.85, 1));
    oval.radiusY = static_cast<float>(h * (sideBySide ? 0.40 : width) * random.uniform(0.85, 1));
    oval.cosine = static_cast<float>(std::cos(turn));
    oval.sine = static_cast<float>(std::sin(turn));
    m_pieces.push_back(oval);
  }
}

void TissueLayout::placeArtefacts(Size size) {
  RandomStream random(seedFor(m_seed, 16));
  const double shorter = static_cast<double>(std::min(size.width, size.height));
  const auto stroke = [&](double away, double turn, double halfLength, double halfWidth) {
    const double round = random.uniform(0, 2 * std::numbers::pi);
    return Stroke{static_cast<float>(static_cast<double>(size.width) / 2 +
                                     away * std::cos(round) * static_cast<double>(size.width)),
                  static_cast<float>(static_cast<double>(size.height) / 2 +
                                     away * std::sin(round) * static_cast<double>(size.height)),
                  static_cast<float>(std::cos(round + turn)),
                  static_cast<float>(std::sin(round + turn)),
                  static_cast<float>(halfLength),
                  static_cast<float>(halfWidth)};
  };
  if (random.uniform() < 0.4)
    for (int i = 0; i < 2; ++i)
      m_pens.push_back(
          stroke(0.45, std::numbers::pi / 2, shorter * random.uniform(0.08, 0.2), random.uniform(60, 150)));
  const int folds = static_cast<int>(random.uniform() * 2.2);
  for (int i = 0; i < folds; ++i)
    m_folds.push_back(stroke(random.uniform(0.1, 0.3), random.uniform(0.6, 2.4), random.uniform(500, 1200),
                             random.uniform(18, 45)));
}

float TissueLayout::tissueAt(float x, float y) const {
  float inside = -1e9f, reach = 0;
  for (const Oval& oval : m_pieces) {
    const float dx = x - oval.x, dy = y - oval.y;
    const float a = (dx * oval.cosine + dy * oval.sine) / oval.radiusX;
    const float b = (dy * oval.cosine - dx * oval.sine) / oval.radiusY;
    const float shorter = std::min(oval.radiusX, oval.radiusY);
    const float depth = (1 - std::sqrt(a * a + b * b)) * shorter;
    if (depth > inside) inside = depth, reach = shorter;
  }
  if (std::fabs(inside) > reach * 0.45f + 90) return inside;
  const float wide = reach * 0.5f;
  return inside + 0.22f * reach * signedNoise(x / wide, y / wide, m_edge) +
         0.10f * reach * signedNoise(3.1f * x / wide, 3.1f * y / wide, m_edge + 1) +
         45 * signedNoise(x / 130, y / 130, m_edge + 2) + 14 * signedNoise(x / 37, y / 37, m_edge + 3);
}

/// Distance to the edge of a wavy stroke with ragged ends, positive inside.
float TissueLayout::strokeAt(const Stroke& stroke, float x, float y) const {
  const float dx = x - stroke.x, dy = y - stroke.y;
  const float along = dx * stroke.cosine + dy * stroke.sine;
  const float ends = stroke.halfLength - std::fabs(along);
  if (ends < -200) return -100;
  const float away = dy * stroke.cosine - dx * stroke.sine;
  if (std::fabs(away) > stroke.halfWidth + 400) return -100;
  const float wave = 110 * signedNoise(along / 420, stroke.x, m_edge + 5) +
                     14 * signedNoise(along / 60, stroke.y, m_edge + 6);
  return std::min(ends, stroke.halfWidth * std::fmin(1.0f, 0.35f + ends / 300) - std::fabs(away + wave));
}

/// Names the region of a place by a number drawn for it.
uint32_t TissueLayout::regionNumber(float x, float y) const {
  const auto bent = [&](float at, uint32_t seed) {
    return (at + 230 * signedNoise(x / 640, y / 640, seed) + 95 * signedNoise(x / 210, y / 210, seed + 1) +
            26 * signedNoise(x / 55, y / 55, seed + 2)) /
           kRegion;
  };
  const float wx = bent(x, m_warp), wy = bent(y, m_warp + 3);
  const int column = floorOf(wx), row = floorOf(wy);
  float nearest = 1e9f;
  uint32_t chosen = 0;
  for (int j = row - 1; j <= row + 1; ++j)
    for (int i = column - 1; i <= column + 1; ++i) {
      const uint32_t h = hash2(i, j, m_region);
      const float dx = static_cast<float>(i) + unitOf(h) - wx,
                  dy = static_cast<float>(j) + unitOf(h * 0x9E3779B1u) - wy;
      const float distance = dx * dx + dy * dy;
      if (distance < nearest) nearest = distance, chosen = h;
    }
  return chosen;
}

TissueClass TissueLayout::regionAt(float x, float y) const {
  const uint32_t chosen = regionNumber(x, y);
  if (chosen == m_tumourRegion) return TissueClass::Tumour;
  const float lot = unitOf(hash2(static_cast<int>(chosen), 7, m_region));
  size_t i = 1;
  while (i < static_cast<size_t>(TissueClass::Muscle) && lot >= m_until[i]) ++i;
  return static_cast<TissueClass>(i);
}

Ground TissueLayout::at(float x, float y) const {
  Ground ground;
  ground.tissue = tissueAt(x, y);
  ground.pen = -100;
  for (const Stroke& pen : m_pens) ground.pen = std::max(ground.pen, strokeAt(pen, x, y));
  if (ground.tissue < -60) return ground;
  for (const Stroke& fold : m_folds)
    ground.fold = std::max(ground.fold, smoothStep(-4, 6, strokeAt(fold, x, y)));
  ground.region = regionAt(x, y);
  const float u = x * m_fibreCosine + y * m_fibreSine, v = y * m_fibreCosine - x * m_fibreSine;
  ground.along = u + 160 * signedNoise(x / 520, y / 520, m_fibre);
  ground.across = v + 210 * signedNoise(x / 560, y / 560, m_fibre + 1) +
                  34 * signedNoise(x / 150, y / 150, m_fibre + 2) +
                  5 * signedNoise(x / 34, y / 34, m_fibre + 3);
  return ground;
}

TissueClass TissueLayout::classOf(const Ground& ground) {
  if (ground.pen > 0) return TissueClass::Pen;
  if (ground.tissue <= 0) return TissueClass::Background;
  return ground.fold > 0.5f ? TissueClass::Fold : ground.region;
}

TissueClass TissueLayout::classAt(float x, float y) const {
  return classOf(at(x, y));
}

}  // namespace geneglass
