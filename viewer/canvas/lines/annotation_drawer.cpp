// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/annotation_drawer.h"

#include <QElapsedTimer>
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "viewer/annotation/nearness.h"

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
out vec2 at;
flat out vec2 from;
flat out vec2 to;
flat out vec4 colour;
flat out float reach;
vec2 onScreen(vec2 p) {
  return place.xy + vec2(p.x * place.z - p.y * place.w, p.x * place.w + p.y * place.z);
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

double sideOf(const Rect& bounds) {
  return std::max(bounds.width, bounds.height);
}

Rect grown(const Rect& box, double by) {
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

}  // namespace

AnnotationDrawer::AnnotationDrawer(Gl& gl, size_t limitInBytes)
    : m_gl(gl), m_program(gl, kLineVertexSource, kLineFragmentSource), m_limit(limitInBytes) {}

AnnotationDrawer::~AnnotationDrawer() {
  for (const auto& [key, block] : m_blocks) release(block);
}

void AnnotationDrawer::release(const Block& block) {
  m_gl.glDeleteVertexArrays(1, &block.vertices);
  m_gl.glDeleteBuffers(1, &block.pieces);
}

void AnnotationDrawer::drop(const Key& key) {
  const auto found = m_blocks.find(key);
  if (found == m_blocks.end()) return;
  release(found->second);
  m_bytes -= static_cast<size_t>(found->second.count) * sizeof(LinePiece);
  m_blocks.erase(found);
}

AnnotationDrawer::Key AnnotationDrawer::keyOf(const Rect& bounds, int detail,
                                              const Annotation* annotation) const {
  const double side = blockSide(detail);
  if (sideOf(bounds) > side) return {detail, 0, 0, annotation};
  return {detail, static_cast<int64_t>(std::floor((bounds.x + bounds.width / 2) / side)),
          static_cast<int64_t>(std::floor((bounds.y + bounds.height / 2) / side)), nullptr};
}

/// Drops the blocks in which something changed.
void AnnotationDrawer::takeSet(const AnnotationSetPtr& set) {
  if (set == m_set) return;
  const AnnotationDifference difference = m_set ? differenceOf(*m_set, *set) : AnnotationDifference{};
  // Many edits at once, or other colours: everything is made anew.
  if (!m_set || difference.classesBefore != difference.classesAfter ||
      difference.changes.size() > m_blocks.size() + 100) {
    while (!m_blocks.empty()) drop(m_blocks.begin()->first);
  } else {
    for (const AnnotationChange& change : difference.changes)
      for (const AnnotationPtr& annotation : {change.before, change.after})
        for (int detail = kFinestDetail; annotation && detail <= kCoarsestDetail; ++detail)
          drop(keyOf(boundsOf(annotation->shape), detail, annotation.get()));
  }
  m_set = set;
  m_bySize.clear();
  const std::vector<Rect>& bounds = set->bounds();
  for (size_t i = 0; i < bounds.size(); ++i)
    if (sideOf(bounds[i]) > blockSide(0)) m_bySize.push_back(i);
  std::ranges::sort(m_bySize, std::greater(), [&](size_t i) { return sideOf(bounds[i]); });
}

/// A block's annotations reach at most half a block beyond it.
std::vector<AnnotationDrawer::Key> AnnotationDrawer::visibleBlocks(const Viewport& viewport,
                                                                   double lineScale) const {
  const int detail = detailFor(viewport.downsample);
  const double side = blockSide(detail);
  const Rect seen = grown(viewport.visible(), kPlaceWidth * lineScale * viewport.downsample);
  const Rect near = grown(seen, side / 2);
  std::vector<Key> keys;
  const auto lastColumn = static_cast<int64_t>(std::floor(near.right() / side));
  const auto lastRow = static_cast<int64_t>(std::floor(near.bottom() / side));
  for (auto row = static_cast<int64_t>(std::floor(near.y / side)); row <= lastRow; ++row)
    for (auto column = static_cast<int64_t>(std::floor(near.x / side)); column <= lastColumn; ++column)
      keys.push_back({detail, column, row, nullptr});
  for (const size_t place : m_bySize) {
    const Rect& bounds = m_set->bounds()[place];
    if (sideOf(bounds) <= side) break;
    if (touch(bounds, seen)) keys.push_back({detail, 0, 0, m_set->all()[place].get()});
  }
  return keys;
}

AnnotationDrawer::Block& AnnotationDrawer::make(const Key& key) {
  const double side = blockSide(key.detail);
  std::vector<LinePiece> pieces;
  Block block;
  if (key.large) {
    const Rect bounds = boundsOf(key.large->shape);
    block.origin = {bounds.x, bounds.y};
    appendPieces(*key.large, m_set->colourOf(*key.large), key.detail, block.origin, pieces);
  } else {
    block.origin = {static_cast<double>(key.column) * side, static_cast<double>(key.row) * side};
    for (const size_t place : m_set->placesWithin({block.origin.x, block.origin.y, side, side})) {
      const Annotation& annotation = *m_set->all()[place];
      if (keyOf(m_set->bounds()[place], key.detail, &annotation) == key)
        appendPieces(annotation, m_set->colourOf(annotation), key.detail, block.origin, pieces);
    }
  }
  block.count = static_cast<GLsizei>(pieces.size());
  if (!pieces.empty()) {
    m_gl.glGenVertexArrays(1, &block.vertices);
    m_gl.glBindVertexArray(block.vertices);
    m_gl.glGenBuffers(1, &block.pieces);
    m_gl.glBindBuffer(GL_ARRAY_BUFFER, block.pieces);
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
  m_bytes += pieces.size() * sizeof(LinePiece);
  return m_blocks[key] = block;
}

void AnnotationDrawer::drawBlock(const Block& block, const Viewport& viewport) {
  const Point origin = viewport.toScreen(block.origin);
  m_gl.glUniform4f(m_program.uniform("place"), static_cast<float>(origin.x), static_cast<float>(origin.y),
                   static_cast<float>(std::cos(viewport.rotation) / viewport.downsample),
                   static_cast<float>(std::sin(viewport.rotation) / viewport.downsample));
  m_gl.glBindVertexArray(block.vertices);
  m_gl.glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, block.count);
}

/// The least recently drawn blocks go first; those of this frame stay.
void AnnotationDrawer::makeRoom() {
  while (m_bytes > m_limit) {
    const auto oldest =
        std::ranges::min_element(m_blocks, {}, [](const auto& entry) { return entry.second.lastDraw; });
    if (oldest == m_blocks.end() || oldest->second.lastDraw == m_draws) return;
    drop(oldest->first);
  }
}

AnnotationDrawer::Report AnnotationDrawer::draw(const AnnotationSetPtr& set, const Viewport& viewport,
                                                double milliseconds, double lineScale) {
  takeSet(set);
  ++m_draws;
  Report report;
  QElapsedTimer timer;
  timer.start();
  m_program.use();
  m_gl.glUniform2f(m_program.uniform("screen"), static_cast<float>(viewport.width),
                   static_cast<float>(viewport.height));
  m_gl.glUniform1f(m_program.uniform("lineScale"), static_cast<float>(lineScale));
  bool made = false;
  for (const Key& key : visibleBlocks(viewport, lineScale)) {
    auto found = m_blocks.find(key);
    if (found == m_blocks.end()) {
      const double spent = static_cast<double>(timer.nsecsElapsed()) / 1e6;
      if (made && spent > milliseconds) {
        report.waiting = true;
        continue;
      }
      make(key);
      made = true;
      found = m_blocks.find(key);
    }
    found->second.lastDraw = m_draws;
    if (found->second.count == 0) continue;
    drawBlock(found->second, viewport);
    report.lines += found->second.count;
  }
  makeRoom();
  return report;
}

}  // namespace geneglass
