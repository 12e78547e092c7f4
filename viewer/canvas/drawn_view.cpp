// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/drawn_view.h"

#include <cmath>

#include "viewer/canvas/empty_glass.h"

namespace geneglass {
namespace {

void beginFrame(Gl& gl, const Viewport& viewport) {
  const QColor glass = emptyGlassColour();
  gl.glViewport(0, 0, static_cast<GLsizei>(std::lround(viewport.width)),
                static_cast<GLsizei>(std::lround(viewport.height)));
  gl.glDisable(GL_DEPTH_TEST);
  gl.glDisable(GL_STENCIL_TEST);
  gl.glDisable(GL_SCISSOR_TEST);
  gl.glDisable(GL_CULL_FACE);
  gl.glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  gl.glClearColor(glass.redF(), glass.greenF(), glass.blueF(), 1);
  gl.glClear(GL_COLOR_BUFFER_BIT);
  gl.glEnable(GL_BLEND);
  gl.glBlendEquation(GL_FUNC_ADD);
  gl.glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void leaveClean(Gl& gl) {
  gl.glDisable(GL_BLEND);
  gl.glBindVertexArray(0);
  gl.glBindBuffer(GL_ARRAY_BUFFER, 0);
  gl.glActiveTexture(GL_TEXTURE1);
  gl.glBindTexture(GL_TEXTURE_2D, 0);
  gl.glActiveTexture(GL_TEXTURE0);
  gl.glBindTexture(GL_TEXTURE_2D, 0);
  gl.glBindTexture(GL_TEXTURE_2D_ARRAY, 0);
  gl.glUseProgram(0);
}

}  // namespace

DrawnView::DrawnView(Gl& gl, size_t mapBytes)
    : m_gl(gl), m_tiles(gl), m_maps(gl, mapBytes), m_annotations(gl, kAnnotationBytes) {}

void DrawnView::draw(const ShownView& view, FrameReport& report) {
  beginFrame(m_gl, view.viewport);
  report.uploadedProfiles =
      m_tiles.draw(view.slide, view.viewport, view.tiles, view.textures, view.colour, view.now);
  if (const auto& cube = view.colour.cube(); cube && report.uploadedProfiles > 0)
    report.uploadedBytes += cube->values.size() * sizeof(float);
  for (const ShownMap& map : view.maps) {
    const size_t bytes = m_maps.draw(map, view.viewport);
    report.uploadedHeatmaps += bytes > 0;
    report.uploadedBytes += bytes;
  }
  report.mapBytes = m_maps.bytes();
  for (const AnnotationSetPtr& set : view.annotations) {
    const auto [lines, waiting, bytes] =
        m_annotations.draw(set, view.viewport, view.lineMilliseconds, view.lineScale);
    report.drawnLines += lines;
    report.uploadsWaiting |= waiting;
    report.uploadedBytes += bytes;
  }
  leaveClean(m_gl);
}

}  // namespace geneglass
