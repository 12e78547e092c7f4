// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "viewer/canvas/graphics/gl_program.h"

namespace geneglass {

/// Pixel buffers in turn: a graphics processor fetches a tile from one while the next is written. All calls
/// with the same context current.
class PixelRing final {
 public:
  explicit PixelRing(Gl& gl);
  ~PixelRing();
  PixelRing(const PixelRing&) = delete;
  PixelRing& operator=(const PixelRing&) = delete;

  /// Copies `pixels` and leaves the buffer bound: the upload that follows reads from its begin. False where
  /// the driver gives no memory; nothing is bound then.
  bool fill(std::span<const uint32_t> pixels);
  void unbind();

 private:
  Gl& m_gl;
  std::array<GLuint, 8> m_buffers{};
  size_t m_next = 0;
};

}  // namespace geneglass
