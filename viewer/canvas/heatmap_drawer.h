// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "viewer/canvas/gl_program.h"
#include "viewer/canvas/heatmap.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Colours heatmaps over the slide. Values go to the GPU once a map; a style is only uniforms. All calls with
/// the same context current.
class HeatmapDrawer final {
 public:
  explicit HeatmapDrawer(Gl& gl);
  ~HeatmapDrawer();
  HeatmapDrawer(const HeatmapDrawer&) = delete;
  HeatmapDrawer& operator=(const HeatmapDrawer&) = delete;

  /// Draws one map over the bound framebuffer, cut off at the slide's edge. Blending must be on. True where
  /// its values had to be uploaded.
  bool draw(const std::shared_ptr<const Heatmap>& heatmap, const HeatmapStyle& style,
            const Viewport& viewport);

 private:
  struct Uploaded {
    std::shared_ptr<const Heatmap> heatmap;
    GLuint texture = 0;
    uint64_t lastDraw = 0;
  };

  Uploaded* find(const Heatmap* heatmap);
  GLuint upload(const Heatmap& heatmap);
  void placeCells(const GlProgram& program, const Heatmap& map, const Rect& area, const Viewport& viewport);
  void colourCells(const GlProgram& program, const Heatmap& map, const HeatmapStyle& style);

  Gl& m_gl;
  GlProgram m_nearest;
  GlProgram m_smooth;  ///< a program of its own: software drivers run both sides of a branch
  GLuint m_vertexArray = 0;
  GLuint m_colours = 0;  ///< 256 x 1 a colour map, one row each
  uint64_t m_draws = 0;
  std::vector<Uploaded> m_uploaded;
};

}  // namespace geneglass
