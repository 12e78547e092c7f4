// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "inference/synthetic/cells.h"
#include "inference/synthetic/tissue_layout.h"

namespace geneglass {

/// One gland: a rounded cell of a warped Voronoi diagram. Lengths in level-0 pixels.
struct Gland {
  float x = 0, y = 0;                          ///< centre, in warped coordinates
  TissueClass kind = TissueClass::Background;  ///< Tumour, Mucosa, Goblet; Background: there is none
  float gap = 0;                               ///< half of the stroma between neighbours
  float reach = 0;                             ///< largest radius
  float epithelium = 0;                        ///< thickness of the lining; the lumen lies deeper
  bool cribriform = false;                     ///< several small lumina in place of one
  float debris = 0;                            ///< 0 to 1: how much the lumen is filled with dirty necrosis
  uint32_t seed = 0;
};

/// A place as glands see it.
struct GlandPlace {
  float depth = -100;  ///< distance to the gland's outline, positive inside
  const Gland* gland = nullptr;
};

/// The glands that touch one rectangle of a slide; a pure function of seed and position. Any thread.
class Glands final {
 public:
  Glands(const TissueLayout& layout, uint64_t seed, const Rect& area);

  bool none() const { return m_none; }
  GlandPlace at(float x, float y) const;

  /// Adds the nuclei and goblet vacuoles of every gland here.
  void addCells(std::vector<Nucleus>& nuclei, std::vector<Vacuole>& vacuoles) const;

 private:
  struct Warped {
    float x, y;
  };
  Warped warp(float x, float y) const;
  Gland draw(const TissueLayout& layout, int column, int row) const;
  const Gland* cell(int column, int row) const;
  float depthIn(const Gland& gland, int column, int row, Warped place) const;
  float rim(const Gland& gland, int column, int row, float x, float y, float dx, float dy) const;
  void addCellsOf(const Gland& gland, int column, int row, std::vector<Nucleus>& nuclei,
                  std::vector<Vacuole>& vacuoles) const;

  uint32_t m_cells, m_warp;  ///< seeds
  float m_spacing;           ///< of this slide's glands
  int m_column0 = 0, m_row0 = 0, m_columns = 0, m_rows = 0;
  std::vector<Gland> m_glands;
  bool m_none = true;
};

}  // namespace geneglass
