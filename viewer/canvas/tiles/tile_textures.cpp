// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/tiles/tile_textures.h"

#include <algorithm>
#include <utility>

namespace geneglass {
namespace {

constexpr size_t kPageBytes = 4u << 20;

bool fits(const TileTextures::Page& page, Size layerSize) {
  return page.width == layerSize.width && page.height == layerSize.height;
}

}  // namespace

TileTextures::TileTextures(size_t limitInBytes, std::function<bool(TileKey)> isPinned)
    : m_limit(limitInBytes), m_isPinned(std::move(isPinned)) {}

TileTextures::TileTextures(Gl& gl, size_t limitInBytes, std::function<bool(TileKey)> isPinned,
                           bool isBuffered)
    : m_gl(&gl),
      m_limit(limitInBytes),
      m_isPinned(std::move(isPinned)),
      m_ring(isBuffered ? std::make_unique<PixelRing>(gl) : nullptr) {
  gl.glGetIntegerv(GL_MAX_ARRAY_TEXTURE_LAYERS, &m_mostLayers);
}

TileTextures::~TileTextures() {
  for (const Page& page : m_pages)
    if (m_gl) m_gl->glDeleteTextures(1, &page.texture);
}

double TileTextures::Place::opacityAt(std::optional<double> now) const {
  return now ? std::clamp((*now - since) / kFadeSeconds, 0.0, 1.0) : 1.0;
}

const TileTextures::Place* TileTextures::find(TileKey key) const {
  const auto found = m_places.find(key);
  return found == m_places.end() ? nullptr : &found->second;
}

void TileTextures::markUsed(TileKey key, uint64_t frame) {
  const auto found = m_places.find(key);
  if (found == m_places.end()) return;
  found->second.lastFrame = frame;
  if (found->second.page) m_order.splice(m_order.begin(), m_order, found->second.order);
}

bool TileTextures::upload(const TilePtr& given, Size layerSize, Moment moment) {
  const Tile& tile = *given;
  const auto found = m_places.find(tile.key);
  const bool isThere = found != m_places.end();
  const bool isOutdated = isThere && found->second.isOutdated();
  if (isOutdated && tile.image.pixels.empty()) {  // what was shown is better than nothing
    Place& place = found->second;
    place.hatched = place.hatched || (place.unfinished && tile.damaged);
    place.stale = place.unfinished = false;
    place.damaged = tile.damaged;
    return true;
  }
  const bool heals = isOutdated || (isThere && found->second.damaged && !tile.damaged);
  if (isThere && !heals) return true;
  if (tile.image.pixels.empty()) {
    m_places[tile.key] = {
        .damaged = tile.damaged, .lastFrame = moment.frame, .since = moment.since, .order = {}};
    return true;
  }
  if (heals && found->second.page) {
    found->second.damaged = tile.damaged || tile.unfinished;
    found->second.hatched = tile.damaged;
    found->second.unfinished = tile.unfinished;
    found->second.stale = false;
    copy(given, found->second);
    return true;
  }
  Page* page = pageWithRoom(layerSize, moment.frame);
  if (!page) return false;
  const int layer = page->freeLayers.back();
  page->freeLayers.pop_back();
  --m_freeLayers;
  const int width = std::min(tile.image.width, page->width);
  const int height = std::min(tile.image.height, page->height);
  m_order.push_front(tile.key);
  m_places[tile.key] = {.page = page,
                        .layer = layer,
                        .width = width,
                        .height = height,
                        .damaged = tile.damaged || tile.unfinished,
                        .hatched = tile.damaged,
                        .unfinished = tile.unfinished,
                        .lastFrame = moment.frame,
                        .since = moment.since,
                        .order = m_order.begin()};
  copy(given, m_places[tile.key]);
  return true;
}

void TileTextures::markStale() {
  for (auto& [key, place] : m_places) place.stale = true;
}

void TileTextures::copy(const TilePtr& given, const Place& place) {
  if (!m_gl) {
    place.page->tiles[static_cast<size_t>(place.layer)] = given;
    return;
  }
  const Tile& tile = *given;
  const bool isBuffered = m_ring && m_ring->fill(tile.image.pixels);
  m_gl->glBindTexture(GL_TEXTURE_2D_ARRAY, place.page->texture);
  m_gl->glPixelStorei(GL_UNPACK_ROW_LENGTH, tile.image.width);
  m_gl->glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, place.layer, place.width, place.height, 1, GL_RGBA,
                        GL_UNSIGNED_INT_8_8_8_8_REV, isBuffered ? nullptr : tile.image.pixels.data());
  m_gl->glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  if (isBuffered) m_ring->unbind();
}

bool TileTextures::makeRoom(Size layerSize, size_t layers) {
  size_t room = 0;
  for (const Page& page : m_pages) room += fits(page, layerSize) ? page.freeLayers.size() : 0;
  return room < layers && newPage(layerSize);
}

TileTextures::Page* TileTextures::pageWithRoom(Size layerSize, uint64_t frame) {
  if (Page* page = roomyPage(layerSize)) return page;
  if (Page* page = newPage(layerSize)) return page;
  if (Page* page = evictOne(layerSize, frame)) return page;
  while (dropPage(frame))
    if (Page* page = newPage(layerSize)) return page;
  return nullptr;
}

TileTextures::Page* TileTextures::roomyPage(Size layerSize) {
  if (m_freeLayers == 0) return nullptr;
  const auto page = std::find_if(m_pages.begin(), m_pages.end(), [&](const Page& candidate) {
    return fits(candidate, layerSize) && !candidate.freeLayers.empty();
  });
  return page == m_pages.end() ? nullptr : &*page;
}

/// A page of at most a quarter of the limit, and only while it stays under the limit.
TileTextures::Page* TileTextures::newPage(Size layerSize) {
  Page page;
  page.width = static_cast<int>(layerSize.width);
  page.height = static_cast<int>(layerSize.height);
  const size_t wanted = std::min(kPageBytes, m_limit / 4) / page.layerBytes();
  page.layers = static_cast<int>(std::clamp<size_t>(wanted, 1, static_cast<size_t>(m_mostLayers)));
  if (m_bytes + page.bytes() > m_limit && !m_pages.empty()) return nullptr;
  for (int layer = page.layers; layer-- > 0;) page.freeLayers.push_back(layer);
  m_freeLayers += page.layers;
  m_bytes += page.bytes();
  if (!m_gl) {
    page.tiles.resize(static_cast<size_t>(page.layers));
    return &m_pages.emplace_back(std::move(page));
  }
  m_gl->glGenTextures(1, &page.texture);
  m_gl->glBindTexture(GL_TEXTURE_2D_ARRAY, page.texture);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    m_gl->glTexParameteri(GL_TEXTURE_2D_ARRAY, filter, GL_LINEAR);
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    m_gl->glTexParameteri(GL_TEXTURE_2D_ARRAY, wrap, GL_CLAMP_TO_EDGE);
  m_gl->glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MAX_LEVEL, 0);
  // Blue lies where red is expected: software drivers turn BGRA around pixel by pixel, the sampler for free.
  m_gl->glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_SWIZZLE_R, GL_BLUE);
  m_gl->glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_SWIZZLE_B, GL_RED);
  // Only now: drivers that see a filter with mipmaps take memory for those too.
  m_gl->glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_RGBA8, page.width, page.height, page.layers, 0, GL_RGBA,
                     GL_UNSIGNED_INT_8_8_8_8_REV, nullptr);
  return &m_pages.emplace_back(std::move(page));
}

bool TileTextures::mayGo(TileKey key, const Place& place, uint64_t frame) const {
  return place.page && place.lastFrame < frame && !m_isPinned(key);
}

/// Returns the page that has room now; null where none may go.
TileTextures::Page* TileTextures::evictOne(Size layerSize, uint64_t frame) {
  for (auto key = m_order.rbegin(); key != m_order.rend(); ++key) {
    const auto oldest = m_places.find(*key);
    const Place place = oldest->second;
    if (place.lastFrame >= frame) return nullptr;
    if (!mayGo(*key, place, frame) || !fits(*place.page, layerSize)) continue;
    place.page->freeLayers.push_back(place.layer);
    if (!m_gl) place.page->tiles[static_cast<size_t>(place.layer)].reset();
    ++m_freeLayers;
    m_places.erase(oldest);
    m_order.erase(place.order);
    return place.page;
  }
  return nullptr;
}

/// Gives back a page of which nothing is needed, for a level with another tile size.
bool TileTextures::dropPage(uint64_t frame) {
  for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
    const bool needed = std::any_of(m_places.begin(), m_places.end(), [&](const auto& entry) {
      return entry.second.page == &*page && !mayGo(entry.first, entry.second, frame);
    });
    if (needed) continue;
    std::erase_if(m_order, [&](TileKey key) { return m_places.at(key).page == &*page; });
    std::erase_if(m_places, [&](const auto& entry) { return entry.second.page == &*page; });
    m_freeLayers -= static_cast<int>(page->freeLayers.size());
    m_bytes -= page->bytes();
    if (m_gl) m_gl->glDeleteTextures(1, &page->texture);
    m_pages.erase(page);
    return true;
  }
  return false;
}

}  // namespace geneglass
