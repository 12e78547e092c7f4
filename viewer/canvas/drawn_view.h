// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/canvas/frame_report.h"
#include "viewer/canvas/graphics/heatmap_drawer.h"
#include "viewer/canvas/lines/annotation_drawer.h"
#include "viewer/canvas/shown_view.h"
#include "viewer/canvas/tiles/tile_drawer.h"

namespace geneglass {

/// Draws a view with OpenGL. All calls with the same context current.
class DrawnView final {
 public:
  DrawnView(Gl& gl, size_t mapBytes);

  /// Into the bound framebuffer, all of it. `view.textures` are textures. Leaves blending off and nothing
  /// bound, as QPainter wants it.
  void draw(const ShownView& view, FrameReport& report);

  void setMapLimit(size_t bytes) { m_maps.setLimit(bytes); }

 private:
  Gl& m_gl;
  TileDrawer m_tiles;
  HeatmapDrawer m_maps;
  AnnotationDrawer m_annotations;
};

}  // namespace geneglass
