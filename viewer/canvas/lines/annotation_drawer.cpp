// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/annotation_drawer.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace geneglass {
namespace {

// A piece becomes a rectangle around it, a pixel wider than it looks; its round ends close the corners.
const char* const kLineVertexSource = R"(
layout(location = 0) in vec4 ends;    // from, to: level-0 pixels from the block's origin
layout(location = 1) in vec4 shade;
layout(location = 2) in vec2 width;   // screen pixels, and level-0 pixels on top
uniform vec4 place;                   // the origin on the screen; cosine and sine of the turn, by magnification
uniform vec2 screen;
uniform float lineScale;
uniform float side;                   // -1 where mirrored, else 1
out vec2 at;
flat out vec2 from;
flat out vec2 to;
flat out vec4 colour;
flat out float reach;
vec2 onScreen(vec2 p) {
  vec2 across = place.zw * side;
  return place.xy + vec2(p.x * across.x - p.y * across.y, p.x * place.w + p.y * place.z);
}
void main() {
  from = onScreen(ends.xy);
  to = onScreen(ends.zw);
  colour = shade;
  reach = 0.5 * (width.x * lineScale + width.y * length(place.zw)) + 0.5;
  vec2 way = to - from;
  float far = length(way);
  vec2 along = (far > 1e-4 ? way / far : vec2(1.0, 0.0)) * (reach + 0.5);
  vec2 across = vec2(-along.y, along.x);
  at = ((gl_VertexID & 1) == 0 ? from - along : to + along) + ((gl_VertexID & 2) == 0 ? -across : across);
  gl_Position = vec4(at.x / screen.x * 2.0 - 1.0, 1.0 - at.y / screen.y * 2.0, 0.0, 1.0);
}
)";

const char* const kLineFragmentSource = R"(
in vec2 at;
flat in vec2 from;
flat in vec2 to;
flat in vec4 colour;
flat in float reach;
out vec4 shade;
void main() {
  vec2 way = to - from;
  float along = clamp(dot(at - from, way) / max(dot(way, way), 1e-8), 0.0, 1.0);
  float cover = clamp(reach - length(at - from - along * way), 0.0, 1.0);
  shade = vec4(colour.rgb, 1.0) * cover;
}
)";

}  // namespace

AnnotationDrawer::AnnotationDrawer(Gl& gl, size_t limitInBytes)
    : m_gl(gl),
      m_program(gl, kLineVertexSource, kLineFragmentSource),
      m_blocks(limitInBytes, {[this](LineBlock& block) { upload(block); },
                              [this](const LineBlock& block) {
                                m_gl.glDeleteVertexArrays(1, &block.vertices);
                                m_gl.glDeleteBuffers(1, &block.buffer);
                              }}) {}

void AnnotationDrawer::upload(LineBlock& block) {
  const std::vector<LinePiece> pieces = std::exchange(block.pieces, {});
  m_uploadedBytes += pieces.size() * sizeof(LinePiece);
  m_gl.glGenVertexArrays(1, &block.vertices);
  m_gl.glBindVertexArray(block.vertices);
  m_gl.glGenBuffers(1, &block.buffer);
  m_gl.glBindBuffer(GL_ARRAY_BUFFER, block.buffer);
  m_gl.glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(pieces.size() * sizeof(LinePiece)),
                    pieces.data(), GL_STATIC_DRAW);
  const auto attribute = [&](GLuint index, GLint size, GLenum type, GLboolean normalised, size_t offset) {
    m_gl.glEnableVertexAttribArray(index);
    m_gl.glVertexAttribPointer(index, size, type, normalised, sizeof(LinePiece),
                               reinterpret_cast<const void*>(offset));
    m_gl.glVertexAttribDivisor(index, 1);
  };
  attribute(0, 4, GL_FLOAT, GL_FALSE, offsetof(LinePiece, fromX));
  attribute(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(LinePiece, colour));
  attribute(2, 2, GL_FLOAT, GL_FALSE, offsetof(LinePiece, width));
}

void AnnotationDrawer::drawBlock(const LineBlock& block, const Viewport& viewport) {
  const Point origin = viewport.toScreen(block.origin);
  m_gl.glUniform4f(m_program.uniform("place"), static_cast<float>(origin.x), static_cast<float>(origin.y),
                   static_cast<float>(std::cos(viewport.rotation) / viewport.downsample),
                   static_cast<float>(std::sin(viewport.rotation) / viewport.downsample));
  m_gl.glBindVertexArray(block.vertices);
  m_gl.glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, block.count);
}

AnnotationDrawer::Report AnnotationDrawer::draw(const AnnotationSetPtr& set, const Viewport& viewport,
                                                double milliseconds, double lineScale) {
  m_uploadedBytes = 0;
  const LineBlocks::Shown shown = m_blocks.show(set, viewport, milliseconds, lineScale);
  Report report{0, shown.waiting, m_uploadedBytes};
  m_program.use();
  m_gl.glUniform2f(m_program.uniform("screen"), static_cast<float>(viewport.width),
                   static_cast<float>(viewport.height));
  m_gl.glUniform1f(m_program.uniform("lineScale"), static_cast<float>(lineScale));
  m_gl.glUniform1f(m_program.uniform("side"), viewport.isMirrored ? -1.0f : 1.0f);
  for (const LineBlock* block : shown.blocks) {
    drawBlock(*block, viewport);
    report.lines += block->count;
  }
  return report;
}

}  // namespace geneglass
