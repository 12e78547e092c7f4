// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/lines/annotation_lines.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// The lines of a block of the slide at one level of detail.
struct LineBlock {
  std::vector<LinePiece> pieces;  ///< none where they were handed on
  Point origin;                   ///< of the pieces, level-0 pixels
  int count = 0;                  ///< of pieces, wherever they are
  unsigned vertices = 0;          ///< names of the graphics driver, where they are there
  unsigned buffer = 0;
  uint64_t lastDraw = 0;
};

/// For who keeps the pieces elsewhere: called with each block that was made, and before it goes.
struct LineBlockKeeper {
  std::function<void(LineBlock&)> take = {};
  std::function<void(const LineBlock&)> release = {};
};

/// The outlines and places of annotations by blocks of the slide, made once for each level of detail that is
/// looked at; an edit makes only the blocks anew in which something changed. What is larger than a block is a
/// block of its own. Under a limit in bytes; the least recently drawn go first.
class LineBlocks final {
 public:
  explicit LineBlocks(size_t limitInBytes, LineBlockKeeper keeper = {});
  ~LineBlocks();
  LineBlocks(const LineBlocks&) = delete;
  LineBlocks& operator=(const LineBlocks&) = delete;

  struct Shown {
    std::vector<const LineBlock*> blocks;  ///< in drawing order, none empty; valid until the next call
    bool waiting = false;                  ///< some of the view did not fit into the time: ask again
  };
  /// Blocks are made for no longer than `milliseconds`, at least one a call. Lines are `lineScale` times as
  /// wide as they are elsewhere.
  Shown show(const AnnotationSetPtr& set, const Viewport& viewport, double milliseconds, double lineScale);
  size_t bytes() const { return m_bytes; }

 private:
  struct Key {
    int detail = 0;
    int64_t column = 0;
    int64_t row = 0;
    const Annotation* large = nullptr;  ///< of a block that is one annotation; never looked into
    auto operator<=>(const Key&) const = default;
  };

  void takeSet(const AnnotationSetPtr& set);
  Key keyOf(const Rect& bounds, int detail, const Annotation* annotation) const;
  std::vector<Key> visibleBlocks(const Viewport& viewport, double lineScale) const;
  LineBlock& make(const Key& key);
  void drop(const Key& key);
  void makeRoom();

  size_t m_limit;
  const LineBlockKeeper m_keeper;
  size_t m_bytes = 0;
  uint64_t m_draws = 0;
  AnnotationSetPtr m_set;
  std::vector<size_t> m_bySize;  ///< places in the set of what is larger than the finest block, largest first
  std::map<Key, LineBlock> m_blocks;
};

}  // namespace geneglass
