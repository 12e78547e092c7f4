// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/graphics/gl_program.h"

#include <QLatin1String>
#include <QOpenGLContext>
#include <QOpenGLVersionFunctionsFactory>
#include <QtGlobal>
#include <array>

namespace geneglass {

Gl* currentGl() {
  QOpenGLContext* context = QOpenGLContext::currentContext();
  return context ? QOpenGLVersionFunctionsFactory::get<Gl>(context) : nullptr;
}

bool drawsInSoftware(Gl& gl) {
  const auto* name = reinterpret_cast<const char*>(gl.glGetString(GL_RENDERER));
  const QLatin1String driver(name);
  return driver.contains(QLatin1String("llvmpipe")) || driver.contains(QLatin1String("softpipe")) ||
         driver.contains(QLatin1String("SwiftShader"));
}

GlProgram::GlProgram(Gl& gl, const char* vertexSource, const char* fragmentSource, const char* definitions)
    : m_gl(gl), m_program(gl.glCreateProgram()) {
  attach(GL_VERTEX_SHADER, definitions, vertexSource);
  attach(GL_FRAGMENT_SHADER, definitions, fragmentSource);
  m_gl.glLinkProgram(m_program);
  GLint linked = 0;
  m_gl.glGetProgramiv(m_program, GL_LINK_STATUS, &linked);
  if (linked) return;
  std::array<char, 2000> reason{};
  m_gl.glGetProgramInfoLog(m_program, static_cast<GLsizei>(reason.size()), nullptr, reason.data());
  qWarning("The graphics driver cannot link a shader: %s", reason.data());
}

GlProgram::~GlProgram() {
  m_gl.glDeleteProgram(m_program);
}

void GlProgram::attach(GLenum kind, const char* definitions, const char* source) {
  const GLuint shader = m_gl.glCreateShader(kind);
  const std::array<const char*, 3> parts{"#version 330 core\n", definitions, source};
  m_gl.glShaderSource(shader, 3, parts.data(), nullptr);
  m_gl.glCompileShader(shader);
  GLint compiled = 0;
  m_gl.glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
  if (!compiled) {
    std::array<char, 2000> reason{};
    m_gl.glGetShaderInfoLog(shader, static_cast<GLsizei>(reason.size()), nullptr, reason.data());
    qWarning("The graphics driver cannot compile a shader: %s", reason.data());
  }
  m_gl.glAttachShader(m_program, shader);
  m_gl.glDeleteShader(shader);
}

}  // namespace geneglass
