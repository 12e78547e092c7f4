// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "inference/synthetic/cells.h"
#include "inference/synthetic/glands.h"
#include "inference/synthetic/texture.h"
#include "inference/synthetic/tissue_layout.h"

namespace geneglass {

/// Everything in one rectangle of a slide, from the layout to stain amounts. Used by one thread, once.
/// Fields of the layout are taken every kStep pixels and interpolated; those of glands every kFine.
class TileScene final {
 public:
  TileScene(const TissueLayout& layout, uint64_t seed, int x, int y, int width, int height);

  bool isGlass() const { return m_glass; }  ///< no tissue at all here
  bool hasPen() const { return m_pen; }

  /// Amounts of the whole rectangle; call once.
  StainPlanes paintTissue();

  /// 0 to 1: how much ink lies on a pixel.
  float inkAt(int x, int y) const;

  static constexpr int kStep = 8;
  static constexpr int kFine = 4;

 private:
  struct Corners {
    const Ground* at[4];  ///< upper left, upper right, lower left, lower right
  };

  const Ground& node(int column, int row) const {
    return m_nodes[static_cast<size_t>(row) * static_cast<size_t>(m_columns) + static_cast<size_t>(column)];
  }
  Corners corners(int column, int row) const;
  void takeNodes(const TissueLayout& layout);
  void takeGlands();
  TissueClass regionNear(float x, float y) const;
  float glandDepth(int x, int y, const Gland*& gland) const;
  void paintBlock(int column, int row, StainPlanes& planes) const;
  Amounts groundAt(int column, int row, const Corners& around, float tx, float ty, const Place& place) const;
  void addScattered(std::vector<Nucleus>& nuclei) const;
  void addInsideGland(const Gland& gland, float depth, Nucleus nucleus, std::vector<Nucleus>& nuclei) const;
  void addOneScattered(int column, int row, std::vector<Nucleus>& nuclei) const;
  void finish(StainPlanes& planes) const;

  uint32_t m_texture;
  int m_x, m_y, m_width, m_height;
  int m_left, m_top;      ///< of the first node, multiples of kStep
  int m_columns, m_rows;  ///< nodes
  std::vector<Ground> m_nodes;
  std::vector<GlandPlace> m_fine;  ///< every kFine pixels from (m_left, m_top)
  int m_fineColumns = 0;
  std::optional<Glands> m_glands;  ///< none on glass
  bool m_glass = true;
  bool m_pen = false;
};

}  // namespace geneglass
