// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/graphics/gl_program.h"
#include "viewer/canvas/lines/line_blocks.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Draws the outlines and places of annotations, which go to the GPU block by block. All calls with the same
/// context current.
class AnnotationDrawer final {
 public:
  AnnotationDrawer(Gl& gl, size_t limitInBytes);
  AnnotationDrawer(const AnnotationDrawer&) = delete;
  AnnotationDrawer& operator=(const AnnotationDrawer&) = delete;

  struct Report {
    int lines = 0;         ///< pieces drawn
    bool waiting = false;  ///< LineBlocks::Shown::waiting
    size_t uploadedBytes = 0;
  };
  /// Over the bound framebuffer; blending must be on. Otherwise as LineBlocks::show().
  Report draw(const AnnotationSetPtr& set, const Viewport& viewport, double milliseconds,
              double lineScale = 1);

 private:
  void upload(LineBlock& block);
  void drawBlock(const LineBlock& block, const Viewport& viewport);

  Gl& m_gl;
  GlProgram m_program;
  LineBlocks m_blocks;         ///< on the GPU
  size_t m_uploadedBytes = 0;  ///< in this call
};

}  // namespace geneglass
