// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLFunctions_3_3_Core>

namespace geneglass {

using Gl = QOpenGLFunctions_3_3_Core;

/// The functions of the current context, or null where it has no OpenGL 3.3 core profile.
Gl* currentGl();

/// Whether the current context's driver computes pictures on the processor (llvmpipe and its like).
bool drawsInSoftware(Gl& gl);

/// A linked shader program. Made, used and destroyed with the same context current.
class GlProgram final {
 public:
  /// Sources without the #version line; `definitions` stand before both. A driver that refuses them is told
  /// of in the log; nothing is drawn.
  GlProgram(Gl& gl, const char* vertexSource, const char* fragmentSource, const char* definitions = "");
  ~GlProgram();
  GlProgram(const GlProgram&) = delete;
  GlProgram& operator=(const GlProgram&) = delete;

  void use() const { m_gl.glUseProgram(m_program); }
  GLint uniform(const char* name) const { return m_gl.glGetUniformLocation(m_program, name); }

 private:
  void attach(GLenum kind, const char* definitions, const char* source);

  Gl& m_gl;
  GLuint m_program;
};

}  // namespace geneglass
