// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "viewer/canvas/graphics/gl_program.h"
#include "viewer/canvas/heatmap.h"
#include "viewer/canvas/placed_map.h"

namespace geneglass {

/// Colours heatmaps over the slide. Values go to the GPU once a map and stay there while somebody has the
/// map, under a limit in bytes: the least recently drawn go first. A style is only uniforms. All calls with
/// the same context current.
class HeatmapDrawer final {
 public:
  HeatmapDrawer(Gl& gl, size_t limitInBytes);
  ~HeatmapDrawer();
  HeatmapDrawer(const HeatmapDrawer&) = delete;
  HeatmapDrawer& operator=(const HeatmapDrawer&) = delete;

  /// Draws one map over the bound framebuffer, cut off at the slide's edge. Blending must be on. How many
  /// bytes had to be uploaded: 0 where its values are there already.
  size_t draw(const ShownMap& map, const Viewport& viewport);
  size_t bytes() const { return m_bytes; }  ///< of all maps on the GPU
  void setLimit(size_t bytes) { m_limit = bytes; }

 private:
  struct Uploaded {
    std::weak_ptr<const Heatmap> heatmap;
    GLuint texture = 0;
    GLuint paint = 0;  ///< 0: it is coloured by its values
    size_t bytes = 0;
    uint64_t lastDraw = 0;
  };

  Uploaded* find(const std::shared_ptr<const Heatmap>& heatmap);
  Uploaded* upload(const std::shared_ptr<const Heatmap>& heatmap);
  void makeRoomFor(size_t bytes);
  GLuint textureOf(const Heatmap& heatmap, bool paint);
  void release(const Uploaded& uploaded);
  void placeCells(const GlProgram& program, const Heatmap& map, const PlacedMap& place,
                  const Viewport& viewport);
  void colourCells(const GlProgram& program, const Heatmap& map, const HeatmapStyle& style);

  Gl& m_gl;
  GlProgram m_nearest;
  GlProgram m_painted;
  GlProgram m_smooth;  ///< a program of its own: software drivers run both sides of a branch
  GLuint m_vertexArray = 0;
  GLuint m_colours = 0;  ///< 256 x 1 a colour map, one row each
  size_t m_limit;
  size_t m_bytes = 0;
  uint64_t m_draws = 0;
  std::vector<Uploaded> m_uploaded;
};

}  // namespace geneglass
