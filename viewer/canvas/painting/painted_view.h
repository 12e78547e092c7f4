// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "viewer/canvas/gl_program.h"
#include "viewer/canvas/painting/shown_tiles.h"
#include "viewer/canvas/painting/tile_painter.h"
#include "viewer/canvas/placed_map.h"
#include "viewer/canvas/tiles/tile_textures.h"

namespace geneglass {

/// Draws tiles that lie in main memory, and maps over them, for drivers that compute pictures on the
/// processor themselves: each pixel is painted once, on all processors, and the whole picture goes through
/// one texture. Where a frame shows what the last one did, nothing is painted. All calls with the same
/// context current.
class PaintedView final {
 public:
  explicit PaintedView(Gl& gl);
  ~PaintedView();
  PaintedView(const PaintedView&) = delete;
  PaintedView& operator=(const PaintedView&) = delete;

  /// As TileDrawer::draw() and HeatmapDrawer::draw(), over all of the view, `background` (0xAARRGGBB) where
  /// no tile lies. `textures` in main memory.
  bool draw(const Slide& slide, const Viewport& viewport, const std::vector<TileKey>& keys,
            const TileTextures& textures, const DisplayColour& colour, std::optional<double> now,
            std::vector<ShownMap> maps, uint32_t background);

 private:
  std::vector<PaintedTile> tilesOf(const Slide& slide, const Viewport& viewport,
                                   const std::vector<TileKey>& keys, const TileTextures& textures,
                                   const DisplayColour& colour, std::optional<double> now);
  void upload();
  void copyToView();

  Gl& m_gl;
  GLuint m_texture = 0;
  GLuint m_framebuffer = 0;  ///< to read m_texture from
  Size m_textureSize;
  ShownTiles m_shown;
  std::shared_ptr<const ColourCube> m_cube;  ///< of the last frame
  Viewport m_viewport;                       ///< that m_frame shows
  std::vector<PaintedTile> m_tiles;          ///< that are in it
  std::vector<ShownMap> m_maps;              ///< and over them
  Image m_frame;
};

}  // namespace geneglass
