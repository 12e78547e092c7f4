// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "viewer/canvas/graphics/gl_program.h"
#include "viewer/canvas/tiles/placed_tile.h"
#include "viewer/canvas/tiles/tile_colour.h"
#include "viewer/canvas/tiles/tile_plan.h"
#include "viewer/canvas/tiles/tile_textures.h"

namespace geneglass {

/// Draws resident tiles where they lie on the slide, in the order given; damaged ones hatched, those
/// damaged in part where they have no pixels. Instanced: one
/// call a run of tiles in the same page. All calls with the same context current.
class TileDrawer final {
 public:
  explicit TileDrawer(Gl& gl);
  ~TileDrawer();
  TileDrawer(const TileDrawer&) = delete;
  TileDrawer& operator=(const TileDrawer&) = delete;

  /// Blending must be on. `keys` that are not resident are left out. At `now`, seconds, those that fade are
  /// drawn through; without it none is. True where a colour profile had to be uploaded.
  bool draw(const Slide& slide, const Viewport& viewport, std::vector<TileKey> keys,
            const TileTextures& textures, const DisplayColour& colour, std::optional<double> now);

 private:
  /// One tile as the shader reads it.
  struct Instance {
    std::array<float, 4>
        rect;  ///< left, top, right, bottom: screen pixels from the viewport's centre, before the turn
    std::array<float, 4> texels;  ///< the same corners in the layer
    std::array<float, 4> part;    ///< valid width and height in texels, layer, opacity
  };
  /// Instances [first, end) that share a texture (0: hatches) and a level.
  struct Run {
    GLuint texture = 0;
    float texelsPerPixel = 1;
    size_t first = 0;
    size_t end = 0;
  };

  void add(const Slide& slide, const Viewport& viewport, TileKey key, const TileTextures::Place& place);
  void addInstance(GLuint texture, const PlacedTile& placed, const TileTextures::Place& place);
  void drawRuns(const Viewport& viewport);
  const GlProgram& programFor(const Run& run, int taps, float sharpness);
  void useProgram(const Run& run, const Viewport& viewport);

  Gl& m_gl;
  TileColour m_colour;
  std::optional<double> m_now;
  // Programs of their own, not branches: software drivers run both sides of a branch. By kind and colour
  // stages, made when first needed.
  std::array<std::unique_ptr<GlProgram>, 4 * TileColour::kStageSets> m_programs;
  GLuint m_vertexArray = 0;
  GLuint m_buffer = 0;
  std::vector<Instance> m_instances;
  std::vector<Run> m_runs;
};

}  // namespace geneglass
