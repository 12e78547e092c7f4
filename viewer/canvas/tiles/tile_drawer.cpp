// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/tile_drawer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "viewer/canvas/tiles/placed_tile.h"

namespace geneglass {
namespace {

const char* const kTileVertices = R"(
layout(location = 0) in vec4 rect;
layout(location = 1) in vec4 texels;
layout(location = 2) in vec4 part;
uniform vec2 turn;       // cosine, sine
uniform vec2 halfScreen; // screen pixels, to the left where mirrored
out vec2 texel;
flat out vec4 tile;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 p = mix(rect.xy, rect.zw, corner);
  texel = mix(texels.xy, texels.zw, corner);
  tile = part;
  vec2 turned = vec2(p.x * turn.x - p.y * turn.y, p.x * turn.y + p.y * turn.x);
  gl_Position = vec4(turned.x / halfScreen.x, -turned.y / halfScreen.y, 0.0, 1.0);
}
)";

// A linear tap is the mean of up to 2 x 2 texels; a pixel that covers more takes taps x taps of them, spread
// evenly over it. No tap leaves the valid part by more than its outermost texel's centre: no seams.
const char* const kTileFragments = R"(
uniform sampler2DArray page;
uniform vec2 layerSize;
uniform int taps;
uniform float sharpness;
in vec2 texel;
flat in vec4 tile;
out vec4 colour;

vec4 tap(vec2 place) {
  vec2 inside = clamp(place, vec2(0.5), tile.xy - 0.5);
  return texture(page, vec3(inside / layerSize, tile.z));
}

#if defined(HATCHED)
void main() {
  bool stripe = mod(gl_FragCoord.x + gl_FragCoord.y, 16.0) < 4.0;
  colour = tile.w * (stripe ? vec4(0.72, 0.28, 0.28, 1.0) : vec4(0.90, 0.88, 0.88, 1.0));
}
#elif defined(AVERAGED)
void main() {
  vec2 right = dFdx(texel);
  vec2 down = dFdy(texel);
  vec4 sum = vec4(0.0);
  for (int y = 0; y < taps; ++y)
    for (int x = 0; x < taps; ++x) {
      vec2 offset = (vec2(x, y) + 0.5) / float(taps) - 0.5;
      sum += tap(texel + right * offset.x + down * offset.y);
    }
  colour = shown(sum / float(taps * taps)) * tile.w;
}
#elif defined(MAGNIFIED)
// Between two texels the colour changes over 2 screen pixels, however large they are: one sees the slide's
// pixels, and not the tile's edge, where the neighbour's texels are missing.
void main() {
  vec2 corner = floor(texel - 0.5);
  vec2 part = clamp((texel - 1.0 - corner) * sharpness + 0.5, 0.0, 1.0);
  colour = shown(tap(corner + 0.5 + part)) * tile.w;
}
#else
void main() { colour = shown(tap(texel)) * tile.w; }
#endif
)";

constexpr int kMostTaps = 4;

enum Kind { Plain, Averaged, Magnified, Hatched };

std::unique_ptr<GlProgram> makeProgram(Gl& gl, Kind kind, int stages) {
  static const std::array<const char*, 4> kinds{"", "#define AVERAGED\n", "#define MAGNIFIED\n",
                                                "#define HATCHED\n"};
  const std::string definitions = std::string(kinds[kind]) + TileColour::definitions(stages);
  const std::string fragments = std::string(TileColour::source()) + kTileFragments;
  return std::make_unique<GlProgram>(gl, kTileVertices, fragments.c_str(), definitions.c_str());
}

}  // namespace

TileDrawer::TileDrawer(Gl& gl) : m_gl(gl), m_colour(gl) {
  m_gl.glGenVertexArrays(1, &m_vertexArray);
  m_gl.glGenBuffers(1, &m_buffer);
  m_gl.glBindVertexArray(m_vertexArray);
  for (GLuint attribute = 0; attribute < 3; ++attribute) {
    m_gl.glEnableVertexAttribArray(attribute);
    m_gl.glVertexAttribDivisor(attribute, 1);
  }
  m_gl.glBindVertexArray(0);
}

TileDrawer::~TileDrawer() {
  m_gl.glDeleteBuffers(1, &m_buffer);
  m_gl.glDeleteVertexArrays(1, &m_vertexArray);
}

bool TileDrawer::draw(const Slide& slide, const Viewport& viewport, std::vector<TileKey> keys,
                      const TileTextures& textures, const DisplayColour& colour, std::optional<double> now) {
  m_now = now;
  const bool uploaded = m_colour.prepare(colour);
  m_instances.clear();
  m_runs.clear();
  // Tiles of a level do not overlap, so within it the order is free: by page, for few calls.
  const auto pageOf = [&](TileKey key) {
    const TileTextures::Place* place = textures.find(key);
    return place && place->page ? place->page->texture : 0;
  };
  for (auto first = keys.begin(); first != keys.end();) {
    const auto end = std::find_if(first, keys.end(), [&](TileKey key) { return key.level != first->level; });
    std::sort(first, end, [&](TileKey a, TileKey b) { return pageOf(a) < pageOf(b); });
    first = end;
  }
  for (const TileKey key : keys)
    if (const TileTextures::Place* place = textures.find(key)) add(slide, viewport, key, *place);
  if (!m_instances.empty()) drawRuns(viewport);
  m_colour.unbind();
  return uploaded;
}

void TileDrawer::add(const Slide& slide, const Viewport& viewport, TileKey key,
                     const TileTextures::Place& place) {
  const auto placed = placeTile(slide, viewport, key, {place.width, place.height});
  if (!placed) return;
  if (place.hatched) addInstance(0, *placed, place);
  addInstance(place.page ? place.page->texture : 0, *placed, place);
}

void TileDrawer::addInstance(GLuint texture, const PlacedTile& placed, const TileTextures::Place& place) {
  const auto texelsPerPixel = static_cast<float>(placed.texelsPerPixel);
  if (m_runs.empty() || m_runs.back().texture != texture || m_runs.back().texelsPerPixel != texelsPerPixel)
    m_runs.push_back({texture, texelsPerPixel, m_instances.size(), m_instances.size()});
  const auto floats = [](const Sides& sides) {
    return std::array{static_cast<float>(sides.left), static_cast<float>(sides.top),
                      static_cast<float>(sides.right), static_cast<float>(sides.bottom)};
  };
  m_instances.push_back({floats(placed.screen),
                         floats(placed.texels),
                         {static_cast<float>(place.width), static_cast<float>(place.height),
                          static_cast<float>(place.layer), static_cast<float>(place.opacityAt(m_now))}});
  m_runs.back().end = m_instances.size();
}

void TileDrawer::drawRuns(const Viewport& viewport) {
  m_gl.glBindVertexArray(m_vertexArray);
  m_gl.glBindBuffer(GL_ARRAY_BUFFER, m_buffer);
  m_gl.glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(m_instances.size() * sizeof(Instance)),
                    m_instances.data(), GL_STREAM_DRAW);
  m_gl.glActiveTexture(GL_TEXTURE0);
  for (const Run& run : m_runs) {
    m_gl.glBindTexture(GL_TEXTURE_2D_ARRAY, run.texture);
    useProgram(run, viewport);
    for (GLuint attribute = 0; attribute < 3; ++attribute)
      m_gl.glVertexAttribPointer(
          attribute, 4, GL_FLOAT, GL_FALSE, sizeof(Instance),
          reinterpret_cast<const void*>(run.first * sizeof(Instance) + attribute * 4 * sizeof(float)));
    m_gl.glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(run.end - run.first));
  }
}

const GlProgram& TileDrawer::programFor(const Run& run, int taps, float sharpness) {
  const Kind kind = !run.texture ? Hatched : taps > 1 ? Averaged : sharpness > 1 ? Magnified : Plain;
  const int stages = kind == Hatched ? 0 : m_colour.stages();
  auto& program = m_programs[static_cast<size_t>(kind * TileColour::kStageSets + stages)];
  if (!program) program = makeProgram(m_gl, kind, stages);
  return *program;
}

/// With the run's texture bound.
void TileDrawer::useProgram(const Run& run, const Viewport& viewport) {
  const int taps = std::clamp(static_cast<int>(std::ceil(run.texelsPerPixel / 2 - 0.01f)), 1, kMostTaps);
  const float sharpness = 0.5f / run.texelsPerPixel;
  const GlProgram& program = programFor(run, taps, sharpness);
  GLint width = 1;
  GLint height = 1;
  if (run.texture) {
    m_gl.glGetTexLevelParameteriv(GL_TEXTURE_2D_ARRAY, 0, GL_TEXTURE_WIDTH, &width);
    m_gl.glGetTexLevelParameteriv(GL_TEXTURE_2D_ARRAY, 0, GL_TEXTURE_HEIGHT, &height);
  }
  program.use();
  if (run.texture) m_colour.setUniforms(program);
  m_gl.glUniform2f(program.uniform("turn"), static_cast<float>(std::cos(viewport.rotation)),
                   static_cast<float>(std::sin(viewport.rotation)));
  m_gl.glUniform2f(program.uniform("halfScreen"),
                   static_cast<float>(viewport.isMirrored ? -viewport.width / 2 : viewport.width / 2),
                   static_cast<float>(viewport.height / 2));
  m_gl.glUniform1i(program.uniform("page"), 0);
  m_gl.glUniform2f(program.uniform("layerSize"), static_cast<float>(width), static_cast<float>(height));
  m_gl.glUniform1i(program.uniform("taps"), taps);
  m_gl.glUniform1f(program.uniform("sharpness"), sharpness);
}

}  // namespace geneglass
