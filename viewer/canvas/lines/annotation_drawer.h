// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/gl_program.h"
#include "viewer/canvas/lines/annotation_lines.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Draws the outlines and places of annotations. Blocks of the slide go to the GPU once for each level of
/// detail that is looked at; an edit makes only the blocks anew in which something changed. What is larger
/// than a block is a block of its own. All calls with the same context current.
class AnnotationDrawer final {
 public:
  AnnotationDrawer(Gl& gl, size_t limitInBytes);
  ~AnnotationDrawer();
  AnnotationDrawer(const AnnotationDrawer&) = delete;
  AnnotationDrawer& operator=(const AnnotationDrawer&) = delete;

  struct Report {
    int lines = 0;         ///< pieces drawn
    bool waiting = false;  ///< blocks of the view did not fit into the time: draw again
  };
  /// Over the bound framebuffer; blending must be on. Blocks are made for no longer than `milliseconds`, at
  /// least one a call. Lines are `lineScale` times as wide as they are elsewhere.
  Report draw(const AnnotationSetPtr& set, const Viewport& viewport, double milliseconds,
              double lineScale = 1);
  size_t bytes() const { return m_bytes; }  ///< of all blocks on the GPU

 private:
  struct Key {
    int detail = 0;
    int64_t column = 0;
    int64_t row = 0;
    const Annotation* large = nullptr;  ///< of a block that is one annotation; never looked into
    auto operator<=>(const Key&) const = default;
  };
  struct Block {
    GLuint vertices = 0;
    GLuint pieces = 0;
    GLsizei count = 0;
    Point origin;  ///< level-0 pixels
    uint64_t lastDraw = 0;
  };

  void takeSet(const AnnotationSetPtr& set);
  Key keyOf(const Rect& bounds, int detail, const Annotation* annotation) const;
  std::vector<Key> visibleBlocks(const Viewport& viewport, double lineScale) const;
  Block& make(const Key& key);
  void drawBlock(const Block& block, const Viewport& viewport);
  void release(const Block& block);
  void drop(const Key& key);
  void makeRoom();

  Gl& m_gl;
  GlProgram m_program;
  size_t m_limit;
  size_t m_bytes = 0;
  uint64_t m_draws = 0;
  AnnotationSetPtr m_set;
  std::vector<size_t> m_bySize;  ///< places in the set of what is larger than the finest block, largest first
  std::map<Key, Block> m_blocks;
};

}  // namespace geneglass
