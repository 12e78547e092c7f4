// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "viewer/canvas/graphics/gl_program.h"
#include "viewer/canvas/tiles/pixel_ring.h"
#include "viewer/foundation/geometry.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// How long a tile takes to come up.
constexpr double kFadeSeconds = 0.12;

/// Tiles in texture arrays ("pages"), one tile a layer, or as they are in main memory, under a limit in
/// bytes; the least recently used go first. All calls with the same context current.
class TileTextures final {
 public:
  /// One texture array of equally large layers; in main memory there is no texture, but its tiles.
  struct Page {
    GLuint texture = 0;
    int width = 0;
    int height = 0;
    std::vector<int> freeLayers;
    int layers = 0;
    std::vector<TilePtr> tiles;  ///< the layers, where they lie in main memory
    size_t bytes() const { return static_cast<size_t>(layers) * layerBytes(); }
    size_t layerBytes() const { return static_cast<size_t>(width) * static_cast<size_t>(height) * 4; }
  };

  static constexpr double kAlways = -1e300;

  /// Where a tile lies. A damaged tile has no page.
  struct Place {
    Page* page = nullptr;
    int layer = 0;
    int width = 0;  ///< valid pixels of the layer, from its upper left corner
    int height = 0;
    bool damaged = false;     ///< wholly or in part, or unfinished
    bool hatched = false;     ///< damaged in part: hatches lie under it
    bool unfinished = false;  ///< part of it is yet to come
    bool stale = false;       ///< shows the slide as it was shown before
    uint64_t lastFrame = 0;
    double since = kAlways;              ///< when it began to fade in, seconds
    std::list<TileKey>::iterator order;  ///< in m_order, where it has a page

    bool isOutdated() const { return stale || unfinished; }
    double opacityAt(std::optional<double> now) const;                        ///< 1 without `now`, seconds
    TilePtr tile() const { return page->tiles[static_cast<size_t>(layer)]; }  ///< in main memory
  };

  /// In main memory, which needs no context.
  TileTextures(size_t limitInBytes, std::function<bool(TileKey)> isPinned);
  /// In textures. `isBuffered`: they go there through pixel buffers.
  TileTextures(Gl& gl, size_t limitInBytes, std::function<bool(TileKey)> isPinned, bool isBuffered);
  ~TileTextures();
  TileTextures(const TileTextures&) = delete;
  TileTextures& operator=(const TileTextures&) = delete;

  const Place* find(TileKey key) const;
  void markUsed(TileKey key, uint64_t frame);  ///< what a frame uses is not evicted in it

  /// When a tile comes.
  struct Moment {
    uint64_t frame = 0;
    double since = kAlways;  ///< Place::since
  };
  /// All tiles are to come anew; until then they are drawn as they are.
  void markStale();

  /// Copies a tile to its home, or a sound or unfinished one over its damaged self, or any over its
  /// unfinished or stale one. `layerSize`: the level's tile size. False where everything resident is pinned
  /// or used by the frame, so that there is no room.
  bool upload(const TilePtr& tile, Size layerSize, Moment moment);

  /// Takes memory ahead of need, a page a call: what a page costs at first is then not in an upload's way.
  /// False where there is room for so many layers already, or none without evicting.
  bool makeRoom(Size layerSize, size_t layers);

  size_t bytes() const { return m_bytes; }          ///< of all pages, filled or not
  void setLimit(size_t bytes) { m_limit = bytes; }  ///< nothing goes before there is need

 private:
  Page* pageWithRoom(Size layerSize, uint64_t frame);
  Page* roomyPage(Size layerSize);
  Page* newPage(Size layerSize);
  Page* evictOne(Size layerSize, uint64_t frame);
  bool dropPage(uint64_t frame);
  void copy(const TilePtr& tile, const Place& place);
  bool mayGo(TileKey key, const Place& place, uint64_t frame) const;

  Gl* m_gl = nullptr;  ///< null: in main memory
  size_t m_limit;
  const std::function<bool(TileKey)> m_isPinned;
  std::unique_ptr<PixelRing> m_ring;  ///< null: straight from the tile
  GLint m_mostLayers = 2048;          ///< of a page: what the driver takes, or enough
  size_t m_bytes = 0;
  int m_freeLayers = 0;  ///< of all pages
  std::list<Page> m_pages;
  std::list<TileKey> m_order;  ///< of those that have a page, the most recently used first
  std::unordered_map<TileKey, Place> m_places;
};

}  // namespace geneglass
