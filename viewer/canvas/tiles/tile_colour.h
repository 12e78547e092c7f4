// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "viewer/canvas/display_colour.h"
#include "viewer/canvas/graphics/gl_program.h"

namespace geneglass {

/// The part of a tile's shader that turns what the slide holds into what is shown. All calls with the same
/// context current.
class TileColour final {
 public:
  explicit TileColour(Gl& gl) : m_gl(gl) {}
  ~TileColour();
  TileColour(const TileColour&) = delete;
  TileColour& operator=(const TileColour&) = delete;

  /// GLSL of `vec4 shown(vec4)`, colours multiplied by alpha on both sides. It does only what the
  /// definitions of its `stages` ask for.
  static const char* source();
  static const char* definitions(int stages);
  static constexpr int kStageSets = 8;

  /// Takes the colours of the coming frame; true where a profile had to be uploaded.
  bool prepare(const DisplayColour& colour);
  int stages() const { return m_stages; }  ///< 0 where nothing is changed
  void setUniforms(const GlProgram& program) const;
  void unbind() const;

 private:
  void upload(const ColourCube& cube);

  Gl& m_gl;
  DisplayColour m_colour;
  int m_stages = 0;
  std::shared_ptr<const ColourCube> m_uploaded;
  GLuint m_cube = 0;
};

}  // namespace geneglass
