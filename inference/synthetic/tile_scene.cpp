// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/tile_scene.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

constexpr int kReach = 48;    ///< nodes are taken this far beyond the rectangle, for cells that reach into it
constexpr int kScatter = 14;  ///< spacing of the grid of scattered nuclei

int floorTo(int value, int step) {
  const int rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}

float between(float a, float b, float c, float d, float tx, float ty) {
  const float top = a + (b - a) * tx, bottom = c + (d - c) * tx;
  return top + (bottom - top) * ty;
}

/// How the scattered nuclei of a region look, and how many there are: chance for each cell of the grid.
struct Population {
  float spindles = 0;
  float rounds = 0;  ///< lymphocytes and plasma cells
  float debris = 0;  ///< pyknotic
};

constexpr std::array<Population, kTissueClasses> kPopulations = {{{0, 0, 0},
                                                                  {0.13f, 0.015f, 0},
                                                                  {0.20f, 0.035f, 0},
                                                                  {0.12f, 0.30f, 0},
                                                                  {0.12f, 0.15f, 0},
                                                                  {0.004f, 0.006f, 0.002f},
                                                                  {0.02f, 0.86f, 0},
                                                                  {0, 0.01f, 0.17f},
                                                                  {0, 0, 0},
                                                                  {0.085f, 0.004f, 0},
                                                                  {0, 0, 0},
                                                                  {0, 0, 0}}};

}  // namespace

TileScene::TileScene(const TissueLayout& layout, uint64_t seed, int x, int y, int width, int height)
    : m_texture(seedFor(seed, 30)), m_x(x), m_y(y), m_width(width), m_height(height) {
  m_left = floorTo(x - kReach, kStep);
  m_top = floorTo(y - kReach, kStep);
  m_columns = (x + width + kReach - m_left) / kStep + 2;
  m_rows = (y + height + kReach - m_top) / kStep + 2;
  takeNodes(layout);
  if (m_glass) return;
  m_glands.emplace(
      layout, seed,
      Rect{double(x - kReach), double(y - kReach), double(width + 2 * kReach), double(height + 2 * kReach)});
  if (!m_glands->none()) takeGlands();
}

void TileScene::takeNodes(const TissueLayout& layout) {
  m_nodes.reserve(static_cast<size_t>(m_columns) * static_cast<size_t>(m_rows));
  for (int row = 0; row < m_rows; ++row)
    for (int column = 0; column < m_columns; ++column) {
      m_nodes.push_back(
          layout.at(static_cast<float>(m_left + column * kStep), static_cast<float>(m_top + row * kStep)));
      m_glass = m_glass && m_nodes.back().tissue < -12;
      m_pen = m_pen || m_nodes.back().pen > -12;
    }
}

void TileScene::takeGlands() {
  m_fineColumns = (m_columns - 1) * (kStep / kFine) + 1;
  const int rows = (m_rows - 1) * (kStep / kFine) + 1;
  m_fine.reserve(static_cast<size_t>(m_fineColumns) * static_cast<size_t>(rows));
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < m_fineColumns; ++column)
      m_fine.push_back(
          m_glands->at(static_cast<float>(m_left + column * kFine), static_cast<float>(m_top + row * kFine)));
}

TileScene::Corners TileScene::corners(int column, int row) const {
  return {{&node(column, row), &node(column + 1, row), &node(column, row + 1), &node(column + 1, row + 1)}};
}

TissueClass TileScene::regionNear(float x, float y) const {
  const int column = static_cast<int>((x - static_cast<float>(m_left)) / kStep + 0.5f);
  const int row = static_cast<int>((y - static_cast<float>(m_top)) / kStep + 0.5f);
  return node(std::clamp(column, 0, m_columns - 1), std::clamp(row, 0, m_rows - 1)).region;
}

/// Depth within the nearest gland, and which it is; -100 and null where there is none.
float TileScene::glandDepth(int x, int y, const Gland*& gland) const {
  gland = nullptr;
  if (m_fine.empty()) return -100;
  const int dx = x - m_left, dy = y - m_top, column = dx / kFine, row = dy / kFine;
  const GlandPlace* at =
      &m_fine[static_cast<size_t>(row) * static_cast<size_t>(m_fineColumns) + static_cast<size_t>(column)];
  const GlandPlace &a = at[0], &b = at[1], &c = at[m_fineColumns], &d = at[m_fineColumns + 1];
  const GlandPlace* deepest = &a;
  for (const GlandPlace* other : {&b, &c, &d})
    if (other->depth > deepest->depth) deepest = other;
  gland = deepest->gland;
  if (!gland) return -100;
  const auto own = [&](const GlandPlace& place) {
    return place.gland == gland ? place.depth : std::min(place.depth, -2.0f);
  };
  const float tx = static_cast<float>(dx % kFine) / kFine, ty = static_cast<float>(dy % kFine) / kFine;
  return between(std::max(-9.0f, own(a)), std::max(-9.0f, own(b)), std::max(-9.0f, own(c)),
                 std::max(-9.0f, own(d)), tx, ty);
}

/// The ground's texture where regions meet: each class weighted by the nodes about the corners.
Amounts TileScene::groundAt(int column, int row, const Corners& around, float tx, float ty,
                            const Place& place) const {
  const TissueClass first = around.at[0]->region;
  bool pure = true;
  for (int j = -1; j <= 2 && pure; ++j)
    for (int i = -1; i <= 2; ++i) pure = pure && node(column + i, row + j).region == first;
  if (pure) return groundTexture(first, place, m_texture);
  std::array<float, kTissueClasses> weight{};
  for (int j = -1; j <= 2; ++j)
    for (int i = -1; i <= 2; ++i) {
      const float wx = i == -1 ? 1 - tx : i == 2 ? tx : 1, wy = j == -1 ? 1 - ty : j == 2 ? ty : 1;
      weight[static_cast<size_t>(node(column + i, row + j).region)] += wx * wy / 9;
    }
  float total = 0;
  for (float& value : weight) total += value *= value * value;
  Amounts sum;
  for (size_t k = 1; k < kTissueClasses; ++k) {
    if ((weight[k] /= total) < 0.01f) continue;
    const Amounts part = groundTexture(static_cast<TissueClass>(k), place, m_texture);
    sum.haematoxylin += weight[k] * part.haematoxylin;
    sum.eosin += weight[k] * part.eosin;
  }
  return sum;
}

void TileScene::paintBlock(int column, int row, StainPlanes& planes) const {
  const Corners c = corners(column, row);
  if (std::max({c.at[0]->tissue, c.at[1]->tissue, c.at[2]->tissue, c.at[3]->tissue}) < -12) return;
  const int x0 = m_left + column * kStep, y0 = m_top + row * kStep;
  const auto field = [&](float Ground::*part, float tx, float ty) {
    return between(c.at[0]->*part, c.at[1]->*part, c.at[2]->*part, c.at[3]->*part, tx, ty);
  };
  for (int y = std::max(y0, m_y); y < std::min(y0 + kStep, m_y + m_height); ++y)
    for (int x = std::max(x0, m_x); x < std::min(x0 + kStep, m_x + m_width); ++x) {
      const float tx = static_cast<float>(x - x0) / kStep, ty = static_cast<float>(y - y0) / kStep;
      const Place place{static_cast<float>(x), static_cast<float>(y), field(&Ground::along, tx, ty),
                        field(&Ground::across, tx, ty)};
      const Gland* gland = nullptr;
      const float depth = glandDepth(x, y, gland);
      Amounts amounts;
      if (!gland || depth < 1.2f) amounts = groundAt(column, row, c, tx, ty, place);
      if (gland && depth > -3.3f) amounts = glandTexture(*gland, depth, place, amounts, m_texture);
      const size_t i = planes.index(x, y);
      planes.haematoxylin[i] = amounts.haematoxylin;
      planes.eosin[i] = amounts.eosin;
    }
}

/// Malignant nuclei deeper than the lining's own, where there is no lumen.
void TileScene::addInsideGland(const Gland& gland, float depth, Nucleus n,
                               std::vector<Nucleus>& nuclei) const {
  if (gland.kind != TissueClass::Tumour || depth < 33 || lumenDepth(gland, depth, n.x, n.y, m_texture) > -7)
    return;
  const auto lot = [&](int number) { return unitOf(hash2(number, 3, n.seed)); };
  if (lot(1) > 0.42f) return;
  const float turn = 6.28f * lot(2);
  n.cosine = std::cos(turn), n.sine = std::sin(turn);
  n.halfWidth = 5.5f + 2.5f * lot(3), n.halfLength = n.halfWidth * (1.05f + 0.6f * lot(4));
  n.amount = 0.7f + 0.6f * lot(5), n.texture = 1;
  nuclei.push_back(n);
}

void TileScene::addOneScattered(int column, int row, std::vector<Nucleus>& nuclei) const {
  const uint32_t seed = hash2(column, row, m_texture + 40);
  const auto lot = [&](uint32_t number) {
    return unitOf(hash2(static_cast<int>(seed), static_cast<int>(number), m_texture));
  };
  Nucleus n;
  n.x = (static_cast<float>(column) + 0.02f + 0.96f * lot(1)) * kScatter;
  n.y = (static_cast<float>(row) + 0.02f + 0.96f * lot(2)) * kScatter;
  n.seed = seed;
  const Gland* gland = nullptr;
  const float depth = glandDepth(floorOf(n.x), floorOf(n.y), gland);
  if (gland && depth > -4.5f) return addInsideGland(*gland, depth, n, nuclei);
  const Population& population = kPopulations[static_cast<size_t>(regionNear(n.x, n.y))];
  const float chance = lot(3);
  if (chance > population.spindles + population.rounds + population.debris) return;
  if (chance < population.spindles) {
    const int i = std::clamp((static_cast<int>(n.x) - m_left) / kStep, 0, m_columns - 2);
    const int j = std::clamp((static_cast<int>(n.y) - m_top) / kStep, 0, m_rows - 2);
    const float gx = node(i + 1, j).across - node(i, j).across,
                gy = node(i, j + 1).across - node(i, j).across;
    const float length = std::max(0.01f, std::hypot(gx, gy));
    n.cosine = gy / length, n.sine = -gx / length;
    n.halfLength = 7 + 9 * lot(4), n.halfWidth = 2.1f + 2.2f * lot(5) * lot(7),
    n.amount = 0.8f + 0.6f * lot(6), n.texture = 0.5f;
    return nuclei.push_back(n);
  }
  const float turn = 6.28f * lot(4);
  n.cosine = std::cos(turn), n.sine = std::sin(turn);
  if (chance < population.spindles + population.rounds) {
    n.halfWidth = 4.6f + 1.8f * lot(5), n.halfLength = n.halfWidth * (1 + 0.18f * lot(6));
    n.amount = 1.25f + 0.5f * lot(7), n.texture = 0.8f;
  } else {
    n.halfWidth = 1.4f + 3.0f * lot(5) * lot(8), n.halfLength = n.halfWidth * (1 + 0.9f * lot(6));
    n.amount = 0.7f + 0.7f * lot(7), n.texture = 0.1f;
  }
  nuclei.push_back(n);
}

void TileScene::addScattered(std::vector<Nucleus>& nuclei) const {
  const int first = floorTo(m_y - 30, kScatter) / kScatter,
            last = floorTo(m_y + m_height + 30, kScatter) / kScatter;
  const int left = floorTo(m_x - 30, kScatter) / kScatter,
            right = floorTo(m_x + m_width + 30, kScatter) / kScatter;
  for (int row = first; row <= last; ++row)
    for (int column = left; column <= right; ++column) addOneScattered(column, row, nuclei);
}

/// The tissue's ragged edge, its thickness and its folds.
void TileScene::finish(StainPlanes& planes) const {
  for (int y = m_y; y < m_y + m_height; ++y)
    for (int x = m_x; x < m_x + m_width; ++x) {
      const Corners c = corners((x - m_left) / kStep, (y - m_top) / kStep);
      const float tx = static_cast<float>((x - m_left) % kStep) / kStep,
                  ty = static_cast<float>((y - m_top) % kStep) / kStep;
      float tissue = between(c.at[0]->tissue, c.at[1]->tissue, c.at[2]->tissue, c.at[3]->tissue, tx, ty);
      float amount = 1;
      if (tissue < 12) {
        tissue += 7 * signedNoise(static_cast<float>(x) / 8, static_cast<float>(y) / 8, m_texture + 50);
        amount = smoothStep(-1.5f, 1.5f, tissue) * (1 + 0.25f * (1 - smoothStep(0, 10, tissue)));
      }
      const float fold = between(c.at[0]->fold, c.at[1]->fold, c.at[2]->fold, c.at[3]->fold, tx, ty);
      if (fold > 0)
        amount *= 1 + fold * (0.75f + 0.5f * noise2(static_cast<float>(x) / 40, static_cast<float>(y) / 40,
                                                    m_texture + 51));
      const uint32_t lots = hash2(x, y, m_texture + 54);
      const size_t i = planes.index(x, y);
      planes.haematoxylin[i] *= amount * (0.80f + 0.40f * unitOf(lots));
      planes.eosin[i] *= amount * (0.80f + 0.40f * unitOf(lots * 0x9E3779B1u));
    }
}

StainPlanes TileScene::paintTissue() {
  StainPlanes planes;
  planes.resize(m_x, m_y, m_width, m_height);
  if (m_glass) return planes;
  for (int row = 1; row + 2 < m_rows; ++row)
    for (int column = 1; column + 2 < m_columns; ++column) paintBlock(column, row, planes);
  std::vector<Nucleus> nuclei;
  std::vector<Vacuole> vacuoles;
  m_glands->addCells(nuclei, vacuoles);
  addScattered(nuclei);
  for (const Vacuole& vacuole : vacuoles) paint(vacuole, planes);
  for (const Nucleus& nucleus : nuclei) paint(nucleus, planes);
  finish(planes);
  return planes;
}

float TileScene::inkAt(int x, int y) const {
  const Corners c = corners((x - m_left) / kStep, (y - m_top) / kStep);
  const float tx = static_cast<float>((x - m_left) % kStep) / kStep,
              ty = static_cast<float>((y - m_top) % kStep) / kStep;
  const float depth = between(c.at[0]->pen, c.at[1]->pen, c.at[2]->pen, c.at[3]->pen, tx, ty);
  if (depth < -4) return 0;
  const float streak = noise2(static_cast<float>(x) / 90, static_cast<float>(y) / 90, m_texture + 52);
  const float grain = noise2(static_cast<float>(x) / 6, static_cast<float>(y) / 6, m_texture + 53);
  return smoothStep(-2, 2, depth) * (0.55f + 0.5f * streak + 0.15f * grain);
}

}  // namespace geneglass
