// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/glands.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

/// The smaller of two, rounded over a width of `k` where they meet (Quilez's polynomial smooth minimum).
float roundedMinimum(float a, float b, float k) {
  const float h = std::max(k - std::fabs(a - b), 0.0f) / k;
  return std::min(a, b) - h * h * k * 0.25f;
}

}  // namespace

Glands::Glands(const TissueLayout& layout, uint64_t seed, const Rect& area)
    : m_cells(seedFor(seed, 20)), m_warp(seedFor(seed, 21)), m_spacing(175 + 60 * unitOf(seedFor(seed, 22))) {
  const double margin = 1.3 * m_spacing + 40;
  m_column0 = static_cast<int>(std::floor((area.x - margin) / m_spacing));
  m_row0 = static_cast<int>(std::floor((area.y - margin) / m_spacing));
  m_columns = static_cast<int>(std::floor((area.right() + margin) / m_spacing)) - m_column0 + 1;
  m_rows = static_cast<int>(std::floor((area.bottom() + margin) / m_spacing)) - m_row0 + 1;
  for (int row = 0; row < m_rows; ++row)
    for (int column = 0; column < m_columns; ++column) {
      m_glands.push_back(draw(layout, m_column0 + column, m_row0 + row));
      m_none = m_none && m_glands.back().kind == TissueClass::Background;
    }
}

Gland Glands::draw(const TissueLayout& layout, int column, int row) const {
  RandomStream random(hash2(column, row, m_cells));
  Gland gland;
  gland.seed = hash2(column, row, m_cells + 1);
  gland.x = (static_cast<float>(column) + 0.5f + static_cast<float>(random.uniform(-0.34, 0.34))) * m_spacing;
  gland.y = (static_cast<float>(row) + 0.5f + static_cast<float>(random.uniform(-0.34, 0.34))) * m_spacing;
  const TissueClass region = layout.regionAt(gland.x, gland.y);
  const bool present = random.uniform() < 0.93;
  if (region == TissueClass::Tumour && present) {
    gland.kind = region;
    gland.gap = static_cast<float>(random.uniform(2, 13));
    gland.reach = m_spacing * static_cast<float>(random.uniform(0.45, 0.95));
    gland.epithelium = static_cast<float>(random.uniform() < 0.2 ? 1000 : random.uniform(40, 78));
    gland.cribriform = random.uniform() < 0.3;
    gland.debris = random.uniform() < 0.35 ? static_cast<float>(random.uniform(0.3, 1)) : 0;
  } else if (region == TissueClass::Mucosa || region == TissueClass::Goblet) {
    gland.kind = region;
    gland.gap = static_cast<float>(random.uniform(6, 12));
    gland.reach = m_spacing * static_cast<float>(random.uniform(0.40, 0.50));
    gland.epithelium = gland.reach - gland.gap - static_cast<float>(random.uniform(8, 26));
  }
  return gland;
}

Glands::Warped Glands::warp(float x, float y) const {
  return {x + 24 * signedNoise(x / 92, y / 92, m_warp) + 5 * signedNoise(x / 27, y / 27, m_warp + 2),
          y + 24 * signedNoise(x / 92, y / 92, m_warp + 1) + 5 * signedNoise(x / 27, y / 27, m_warp + 3)};
}

const Gland* Glands::cell(int column, int row) const {
  const int i = std::clamp(column - m_column0, 0, m_columns - 1), j = std::clamp(row - m_row0, 0, m_rows - 1);
  return &m_glands[static_cast<size_t>(j * m_columns + i)];
}

/// Distance from `place` to the gland's outline: to the bisectors with its neighbours, rounded, and to its
/// reach.
float Glands::depthIn(const Gland& gland, int column, int row, Warped place) const {
  const float dx = gland.x - place.x, dy = gland.y - place.y, own = dx * dx + dy * dy;
  float depth = gland.reach - std::sqrt(own);
  for (int j = row - 1; j <= row + 1; ++j)
    for (int i = column - 1; i <= column + 1; ++i) {
      const Gland& other = *cell(i, j);
      if (&other == &gland) continue;
      const float ex = other.x - place.x, ey = other.y - place.y;
      const float cx = other.x - gland.x, cy = other.y - gland.y;
      depth = roundedMinimum(depth, (ex * ex + ey * ey - own) / (2 * std::sqrt(cx * cx + cy * cy)), 22);
    }
  return depth - gland.gap;
}

GlandPlace Glands::at(float x, float y) const {
  const Warped place = warp(x, y);
  const int column = floorOf(place.x / m_spacing);
  const int row = floorOf(place.y / m_spacing);
  const Gland* nearest = nullptr;
  float least = 1e12f;
  int ownColumn = column, ownRow = row;
  for (int j = row - 1; j <= row + 1; ++j)
    for (int i = column - 1; i <= column + 1; ++i) {
      const Gland* gland = cell(i, j);
      const float dx = gland->x - place.x, dy = gland->y - place.y, distance = dx * dx + dy * dy;
      if (distance < least) least = distance, nearest = gland, ownColumn = i, ownRow = j;
    }
  if (nearest->kind == TissueClass::Background) return {};
  return {depthIn(*nearest, ownColumn, ownRow, place), nearest};
}

/// How far from (x, y) along (dx, dy) the outline lies, by bisection.
float Glands::rim(const Gland& gland, int column, int row, float x, float y, float dx, float dy) const {
  float inside = 0, outside = 1.1f * m_spacing;
  for (int i = 0; i < 8; ++i) {
    const float middle = (inside + outside) / 2;
    (depthIn(gland, column, row, warp(x + middle * dx, y + middle * dy)) > 0 ? inside : outside) = middle;
  }
  return inside;
}

void Glands::addCells(std::vector<Nucleus>& nuclei, std::vector<Vacuole>& vacuoles) const {
  for (int row = 1; row + 1 < m_rows; ++row)
    for (int column = 1; column + 1 < m_columns; ++column) {
      const Gland& gland = m_glands[static_cast<size_t>(row * m_columns + column)];
      if (gland.kind != TissueClass::Background)
        addCellsOf(gland, m_column0 + column, m_row0 + row, nuclei, vacuoles);
    }
}

/// Walks round the outline in steps of a nucleus and sets cells at their depth, pointing inwards.
void Glands::addCellsOf(const Gland& gland, int column, int row, std::vector<Nucleus>& nuclei,
                        std::vector<Vacuole>& vacuoles) const {
  RandomStream random(gland.seed);
  float x = gland.x, y = gland.y;
  for (int i = 0; i < 3; ++i) {
    const Warped there = warp(x, y);
    x += gland.x - there.x, y += gland.y - there.y;
  }
  const bool tumour = gland.kind == TissueClass::Tumour;
  const double goblets = gland.kind == TissueClass::Goblet   ? 0.9
                         : gland.kind == TissueClass::Mucosa ? 0.5
                                                             : 0.01;
  const double step = tumour ? 7.5 : gland.kind == TissueClass::Goblet ? 15 : 11;
  for (double angle = 0; angle < 2 * std::numbers::pi;) {
    const auto dx = static_cast<float>(std::cos(angle)), dy = static_cast<float>(std::sin(angle));
    const float far = rim(gland, column, row, x, y, dx, dy);
    angle += step * random.uniform(0.8, 1.25) / std::max(20.0f, far);
    const float depth = static_cast<float>(tumour ? 7 + 24 * random.uniform() : 8 + 4 * random.uniform());
    if (far < depth + 2) continue;
    Nucleus nucleus;
    const double lean = random.normal() * (tumour ? 0.22 : 0.12);
    nucleus.x = x + (far - depth) * dx, nucleus.y = y + (far - depth) * dy;
    nucleus.cosine = static_cast<float>(dx - lean * dy), nucleus.sine = static_cast<float>(dy + lean * dx);
    nucleus.halfLength = static_cast<float>(tumour ? random.uniform(8, 14.5) : random.uniform(6, 8));
    nucleus.halfWidth = static_cast<float>(tumour ? random.uniform(4.2, 7.2) : random.uniform(4.2, 5.4));
    nucleus.amount = static_cast<float>(tumour ? random.uniform(0.80, 1.50) : random.uniform(0.90, 1.30));
    nucleus.texture = tumour ? 1 : 0.7f;
    nucleus.seed = hash2(static_cast<int>(angle * 1000), 1, gland.seed);
    const bool goblet = random.uniform() < goblets;
    if (goblet) nucleus.halfLength = 4, nucleus.halfWidth = 6.5f, nucleus.amount += 0.15f;
    nuclei.push_back(nucleus);
    if (goblet && far > 40)
      vacuoles.push_back({x + (far - 34) * dx, y + (far - 34) * dy,
                          static_cast<float>(random.uniform(17, 23)),
                          static_cast<float>(random.uniform(8, 11.5)), dx, dy,
                          static_cast<float>(random.uniform(0.06, 0.18))});
  }
}

}  // namespace geneglass
