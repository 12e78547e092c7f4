// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/graphics/heatmap_drawer.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace geneglass {
namespace {

const char* const kVertexSource = R"(
uniform vec4 rect;       // screen pixels from the viewport's centre, before the turn: left, top, right, bottom
uniform vec4 cells;      // the same corners in cells, relative to baseCell
uniform vec2 turn;       // cosine, sine
uniform vec2 halfScreen; // screen pixels, to the left where mirrored
out vec2 cell;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 p = mix(rect.xy, rect.zw, corner);
  cell = mix(cells.xy, cells.zw, corner);
  vec2 turned = vec2(p.x * turn.x - p.y * turn.y, p.x * turn.y + p.y * turn.x);
  gl_Position = vec4(turned.x / halfScreen.x, -turned.y / halfScreen.y, 0.0, 1.0);
}
)";

// What is no value is told by its bits: drivers may assume that arithmetic meets none. Marks lie still on the
// slide.
const char* const kFragmentSource = R"(
uniform vec3 circle;     // screen pixels from the lower left, radius
uniform int side;        // of the circle: 1 inside, -1 outside, 0 all
uniform sampler2D values;
uniform sampler2D colours;
uniform ivec2 baseCell;
uniform ivec2 lastCell;
uniform vec3 range;      // low, 1 / (high - low), threshold
uniform float opacity;
uniform int colourRow;
uniform float cellPixels; // screen pixels a cell
in vec2 cell;
out vec4 colour;

void cutOff() {
  if (side != 0 && (distance(gl_FragCoord.xy, circle.xy) < circle.z) != (side > 0)) discard;
}
float valueOf(ivec2 place) { return texelFetch(values, clamp(place, ivec2(0), lastCell), 0).r; }
bool isNothing(float value) { return (floatBitsToInt(value) & 0x7f800000) == 0x7f800000; }

#ifdef SMOOTH
float between(vec2 place) {
  vec2 corner = floor(place - 0.5);
  vec2 part = place - 0.5 - corner;
  float sum = 0.0;
  float weights = 0.0;
  for (int i = 0; i < 4; ++i) {
    ivec2 step = ivec2(i & 1, i >> 1);
    float value = valueOf(baseCell + ivec2(corner) + step);
    if (isNothing(value)) continue;
    float weight = (step.x == 1 ? part.x : 1.0 - part.x) * (step.y == 1 ? part.y : 1.0 - part.y);
    sum += weight * value;
    weights += weight;
  }
  return sum / weights;
}
#endif

vec4 markOf(float value) {
  int bits = floatBitsToInt(value);
  vec2 place = (vec2(baseCell) + cell) * cellPixels;
  bool nothing = (bits & 0x007fffff) != 0;
  bool line = mod(place.x + place.y, 9.0) < 2.0;
  bool dot = length(mod(place, 8.0) - 4.0) < 1.5;
  if (nothing || !(bits >= 0 ? line : dot)) discard;
  return vec4(vec3(0.18), 1.0) * 0.6;
}

void main() {
  cutOff();
  float value = valueOf(baseCell + ivec2(floor(cell)));
  if (isNothing(value)) {
    colour = markOf(value);
    return;
  }
#ifdef SMOOTH
  value = between(cell);
#endif
#ifndef PAINTED
  if (value < range.z) discard;
#endif
#ifdef PAINTED
  colour = texelFetch(colours, clamp(baseCell + ivec2(floor(cell)), ivec2(0), lastCell), 0) * opacity;
  return;
#endif
  float place = clamp((value - range.x) * range.y, 0.0, 1.0);
  colour = texelFetch(colours, ivec2(place * 255.0 + 0.5, colourRow), 0) * opacity;
}
)";

void clampTexture(Gl& gl, GLenum filter) {
  gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, static_cast<GLint>(filter));
  gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, static_cast<GLint>(filter));
  gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
}

/// Fragments count from the lower edge.
void placeCut(Gl& gl, const GlProgram& program, const MapCut& cut, const Viewport& viewport) {
  const int side = cut.side == MapCut::Side::All ? 0 : cut.side == MapCut::Side::Inside ? 1 : -1;
  gl.glUniform1i(program.uniform("side"), side);
  gl.glUniform3f(program.uniform("circle"), static_cast<float>(cut.centre.x),
                 static_cast<float>(viewport.height - cut.centre.y), static_cast<float>(cut.radius));
}

}  // namespace

HeatmapDrawer::HeatmapDrawer(Gl& gl, size_t limitInBytes)
    : m_gl(gl),
      m_nearest(gl, kVertexSource, kFragmentSource),
      m_painted(gl, kVertexSource, kFragmentSource, "#define PAINTED\n"),
      m_smooth(gl, kVertexSource, kFragmentSource, "#define SMOOTH\n"),
      m_limit(limitInBytes) {
  m_gl.glGenVertexArrays(1, &m_vertexArray);
  std::vector<uint32_t> table;
  for (const ColourMap map : kAllColourMaps)
    for (int i = 0; i < 256; ++i) table.push_back(colourAt(map, i / 255.0));
  m_gl.glGenTextures(1, &m_colours);
  m_gl.glBindTexture(GL_TEXTURE_2D, m_colours);
  m_gl.glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 256, static_cast<GLsizei>(kAllColourMaps.size()), 0, GL_BGRA,
                    GL_UNSIGNED_INT_8_8_8_8_REV, table.data());
  clampTexture(m_gl, GL_NEAREST);
}

HeatmapDrawer::~HeatmapDrawer() {
  for (const Uploaded& uploaded : m_uploaded) release(uploaded);
  m_gl.glDeleteTextures(1, &m_colours);
  m_gl.glDeleteVertexArrays(1, &m_vertexArray);
}

size_t HeatmapDrawer::draw(const ShownMap& shown, const Viewport& viewport) {
  const Heatmap& map = *shown.heatmap;
  const std::optional<PlacedMap> place = placeMap(map, viewport);
  if (!place || shown.style.opacity <= 0) return 0;
  Uploaded* uploaded = find(shown.heatmap);
  const bool isNew = !uploaded;
  if (isNew) uploaded = upload(shown.heatmap);
  uploaded->lastDraw = ++m_draws;

  const GlProgram& program = map.mix ? m_painted : shown.style.smooth ? m_smooth : m_nearest;
  program.use();
  placeCells(program, map, *place, viewport);
  colourCells(program, map, shown.style);
  placeCut(m_gl, program, shown.cut, viewport);
  m_gl.glActiveTexture(GL_TEXTURE1);
  m_gl.glBindTexture(GL_TEXTURE_2D, map.mix ? uploaded->paint : m_colours);
  m_gl.glActiveTexture(GL_TEXTURE0);
  m_gl.glBindTexture(GL_TEXTURE_2D, uploaded->texture);
  m_gl.glBindVertexArray(m_vertexArray);
  m_gl.glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  return isNew ? uploaded->bytes : 0;
}

void HeatmapDrawer::placeCells(const GlProgram& program, const Heatmap& map, const PlacedMap& place,
                               const Viewport& viewport) {
  const auto setSides = [&](const char* name, const Sides& sides) {
    m_gl.glUniform4f(program.uniform(name), static_cast<float>(sides.left), static_cast<float>(sides.top),
                     static_cast<float>(sides.right), static_cast<float>(sides.bottom));
  };
  setSides("rect", place.screen);
  setSides("cells", place.cells);
  m_gl.glUniform2f(program.uniform("turn"), static_cast<float>(std::cos(viewport.rotation)),
                   static_cast<float>(std::sin(viewport.rotation)));
  m_gl.glUniform2f(program.uniform("halfScreen"),
                   static_cast<float>(viewport.isMirrored ? -viewport.width / 2 : viewport.width / 2),
                   static_cast<float>(viewport.height / 2));
  m_gl.glUniform2i(program.uniform("baseCell"), place.baseColumn, place.baseRow);
  m_gl.glUniform2i(program.uniform("lastCell"), map.columns - 1, map.rows - 1);
  m_gl.glUniform1f(program.uniform("cellPixels"), static_cast<float>(place.cellPixels));
}

void HeatmapDrawer::colourCells(const GlProgram& program, const Heatmap& map, const HeatmapStyle& style) {
  const ValueRange values = valueRange(map, style);
  const float span = values.high - values.low;
  const auto row = static_cast<int>(std::find(kAllColourMaps.begin(), kAllColourMaps.end(), style.colours) -
                                    kAllColourMaps.begin());

  m_gl.glUniform3f(program.uniform("range"), values.low, span > 0 ? 1 / span : 0, values.threshold);
  m_gl.glUniform1f(program.uniform("opacity"), static_cast<float>(std::clamp(style.opacity, 0.0, 1.0)));
  m_gl.glUniform1i(program.uniform("colourRow"), row);
  m_gl.glUniform1i(program.uniform("values"), 0);
  m_gl.glUniform1i(program.uniform("colours"), 1);
}

HeatmapDrawer::Uploaded* HeatmapDrawer::find(const std::shared_ptr<const Heatmap>& heatmap) {
  const auto found = std::ranges::find_if(
      m_uploaded, [&](const Uploaded& entry) { return entry.heatmap.lock() == heatmap; });
  return found == m_uploaded.end() ? nullptr : &*found;
}

void HeatmapDrawer::release(const Uploaded& uploaded) {
  m_gl.glDeleteTextures(1, &uploaded.texture);
  if (uploaded.paint) m_gl.glDeleteTextures(1, &uploaded.paint);
  m_bytes -= uploaded.bytes;
}

/// Maps that nobody has any more go, then the least recently drawn.
void HeatmapDrawer::makeRoomFor(size_t bytes) {
  std::erase_if(m_uploaded, [this](const Uploaded& entry) {
    const bool gone = entry.heatmap.expired();
    if (gone) release(entry);
    return gone;
  });
  while (!m_uploaded.empty() && m_bytes + bytes > m_limit) {
    const auto oldest = std::ranges::min_element(m_uploaded, {}, &Uploaded::lastDraw);
    release(*oldest);
    m_uploaded.erase(oldest);
  }
}

GLuint HeatmapDrawer::textureOf(const Heatmap& heatmap, bool paint) {
  GLuint texture = 0;
  m_gl.glGenTextures(1, &texture);
  m_gl.glBindTexture(GL_TEXTURE_2D, texture);
  if (paint)
    m_gl.glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, heatmap.columns, heatmap.rows, 0, GL_BGRA,
                      GL_UNSIGNED_INT_8_8_8_8_REV, heatmap.paint.data());
  else
    m_gl.glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, heatmap.columns, heatmap.rows, 0, GL_RED, GL_FLOAT,
                      heatmap.values.data());
  clampTexture(m_gl, GL_NEAREST);
  return texture;
}

HeatmapDrawer::Uploaded* HeatmapDrawer::upload(const std::shared_ptr<const Heatmap>& heatmap) {
  const size_t bytes = heatmap->values.size() * sizeof(float) + heatmap->paint.size() * sizeof(uint32_t);
  makeRoomFor(bytes);
  const GLuint values = textureOf(*heatmap, false);
  const GLuint paint = heatmap->mix ? textureOf(*heatmap, true) : 0;
  m_bytes += bytes;
  return &m_uploaded.emplace_back(Uploaded{heatmap, values, paint, bytes, 0});
}

}  // namespace geneglass
