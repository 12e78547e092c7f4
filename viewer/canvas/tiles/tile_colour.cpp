// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/tile_colour.h"

#include <algorithm>
#include <array>

namespace geneglass {
namespace {

constexpr int kStainStage = 1;
constexpr int kProfileStage = 2;
constexpr int kToneStage = 4;
constexpr int kCubeUnit = 2;  ///< tiles are in 0, heatmaps also in 1

}  // namespace

// Density is that of 1..255, as nothing is darker than 1 of 255. sRGB's curve: IEC 61966-2-1.
const char* TileColour::source() {
  return R"(
#ifdef STAIN
uniform vec3 unmix;
uniform vec3 stain;
vec3 stainAlone(vec3 light) {
  vec3 density = -log(max(light, 1.0 / 255.0));
  return exp(-max(dot(unmix, density), 0.0) * stain);
}
#endif
#ifdef PROFILE
uniform sampler3D cube;
uniform float cubeSize;
vec3 byProfile(vec3 light) {
  vec3 linear = clamp(texture(cube, (light * (cubeSize - 1.0) + 0.5) / cubeSize).rgb, 0.0, 1.0);
  vec3 dark = linear * 12.92;
  vec3 bright = 1.055 * pow(max(linear, 0.0031308), vec3(1.0 / 2.4)) - 0.055;
  return mix(dark, bright, step(0.0031308, linear));
}
#endif
#ifdef TONE
uniform vec3 tone; // brightness, contrast, 1 / gamma
vec3 toned(vec3 light) {
  return pow(clamp((light - 0.5) * tone.y + 0.5 + tone.x, 0.0, 1.0), vec3(tone.z));
}
#endif
vec4 shown(vec4 pixel) {
#if defined(STAIN) || defined(PROFILE) || defined(TONE)
  vec3 light = pixel.rgb / max(pixel.a, 1.0 / 255.0);
#ifdef STAIN
  light = stainAlone(light);
#endif
#ifdef PROFILE
  light = byProfile(light);
#endif
#ifdef TONE
  light = toned(light);
#endif
  return vec4(light * pixel.a, pixel.a);
#else
  return pixel;
#endif
}
)";
}

const char* TileColour::definitions(int stages) {
  static const std::array<const char*, kStageSets> sets{"",
                                                        "#define STAIN\n",
                                                        "#define PROFILE\n",
                                                        "#define STAIN\n#define PROFILE\n",
                                                        "#define TONE\n",
                                                        "#define STAIN\n#define TONE\n",
                                                        "#define PROFILE\n#define TONE\n",
                                                        "#define STAIN\n#define PROFILE\n#define TONE\n"};
  return sets[static_cast<size_t>(stages)];
}

TileColour::~TileColour() {
  if (m_cube) m_gl.glDeleteTextures(1, &m_cube);
}

bool TileColour::prepare(const DisplayColour& colour) {
  m_colour = colour;
  m_stages = (colour.stain != StainView::All ? kStainStage : 0) | (colour.cube() ? kProfileStage : 0) |
             (colour.changesTone() ? kToneStage : 0);
  if (!colour.cube()) return false;
  const bool isNew = m_uploaded != colour.cube();
  if (isNew) upload(*colour.cube());
  m_uploaded = colour.cube();
  m_gl.glActiveTexture(GL_TEXTURE0 + kCubeUnit);
  m_gl.glBindTexture(GL_TEXTURE_3D, m_cube);
  m_gl.glActiveTexture(GL_TEXTURE0);
  return isNew;
}

void TileColour::upload(const ColourCube& cube) {
  if (!m_cube) m_gl.glGenTextures(1, &m_cube);
  m_gl.glActiveTexture(GL_TEXTURE0 + kCubeUnit);
  m_gl.glBindTexture(GL_TEXTURE_3D, m_cube);
  m_gl.glTexImage3D(GL_TEXTURE_3D, 0, GL_RGB32F, cube.size, cube.size, cube.size, 0, GL_RGB, GL_FLOAT,
                    cube.values.data());
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    m_gl.glTexParameteri(GL_TEXTURE_3D, filter, GL_LINEAR);
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T, GL_TEXTURE_WRAP_R})
    m_gl.glTexParameteri(GL_TEXTURE_3D, wrap, GL_CLAMP_TO_EDGE);
  m_gl.glTexParameteri(GL_TEXTURE_3D, GL_TEXTURE_MAX_LEVEL, 0);
}

/// With the program in use.
void TileColour::setUniforms(const GlProgram& program) const {
  const auto set = [&](const char* name, const StainVector& vector) {
    m_gl.glUniform3f(program.uniform(name), static_cast<float>(vector[0]), static_cast<float>(vector[1]),
                     static_cast<float>(vector[2]));
  };
  if (m_stages & kStainStage) {
    set("unmix", unmixing(m_colour.stains, m_colour.stain));
    set("stain", stainOf(m_colour.stains, m_colour.stain));
  }
  if (m_stages & kProfileStage) {
    m_gl.glUniform1i(program.uniform("cube"), kCubeUnit);
    m_gl.glUniform1f(program.uniform("cubeSize"), static_cast<float>(m_colour.cube()->size));
  }
  if (m_stages & kToneStage)
    set("tone", {m_colour.brightness, m_colour.contrast, 1 / std::max(m_colour.gamma, 1e-3)});
}

void TileColour::unbind() const {
  if (!(m_stages & kProfileStage)) return;
  m_gl.glActiveTexture(GL_TEXTURE0 + kCubeUnit);
  m_gl.glBindTexture(GL_TEXTURE_3D, 0);
  m_gl.glActiveTexture(GL_TEXTURE0);
}

}  // namespace geneglass
