// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/pixel_ring.h"

#include <cstring>

namespace geneglass {

PixelRing::PixelRing(Gl& gl) : m_gl(gl) {
  m_gl.glGenBuffers(static_cast<GLsizei>(m_buffers.size()), m_buffers.data());
}

PixelRing::~PixelRing() {
  m_gl.glDeleteBuffers(static_cast<GLsizei>(m_buffers.size()), m_buffers.data());
}

bool PixelRing::fill(std::span<const uint32_t> pixels) {
  const auto bytes = static_cast<GLsizeiptr>(pixels.size_bytes());
  m_gl.glBindBuffer(GL_PIXEL_UNPACK_BUFFER, m_buffers[m_next++ % m_buffers.size()]);
  // New memory each time: the driver keeps the old one until it has fetched it, and nobody waits.
  m_gl.glBufferData(GL_PIXEL_UNPACK_BUFFER, bytes, nullptr, GL_STREAM_DRAW);
  void* place = m_gl.glMapBufferRange(GL_PIXEL_UNPACK_BUFFER, 0, bytes,
                                      GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);
  if (place) std::memcpy(place, pixels.data(), pixels.size_bytes());
  if (place && m_gl.glUnmapBuffer(GL_PIXEL_UNPACK_BUFFER)) return true;
  unbind();
  return false;
}

void PixelRing::unbind() {
  m_gl.glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
}

}  // namespace geneglass
