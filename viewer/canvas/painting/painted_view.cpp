// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/painted_view.h"

#include <cmath>
#include <utility>

#include "viewer/canvas/painting/view_painter.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

int halvingsFor(double texelsPerPixel) {
  int halvings = 0;
  for (; texelsPerPixel > 2.01; texelsPerPixel /= 2) ++halvings;
  return halvings;
}

Sides halved(const Sides& sides, int times) {
  const double part = std::ldexp(1.0, -times);
  return {sides.left * part, sides.top * part, sides.right * part, sides.bottom * part};
}

}  // namespace

PaintedView::PaintedView(Gl& gl) : m_gl(gl) {
  m_gl.glGenFramebuffers(1, &m_framebuffer);
  m_gl.glGenTextures(1, &m_texture);
}

PaintedView::~PaintedView() {
  m_gl.glDeleteTextures(1, &m_texture);
  m_gl.glDeleteFramebuffers(1, &m_framebuffer);
}

std::vector<PaintedTile> PaintedView::tilesOf(const Slide& slide, const Viewport& viewport,
                                              const std::vector<TileKey>& keys, const TileTextures& textures,
                                              const DisplayColour& colour, std::optional<double> now) {
  std::vector<PaintedTile> tiles;
  std::vector<WantedTile> wanted;
  for (const TileKey key : keys) {
    const TileTextures::Place* place = textures.find(key);
    const auto placed = place ? placeTile(slide, viewport, key, {place->width, place->height}) : std::nullopt;
    if (!placed) continue;
    if (place->hatched) {
      tiles.push_back({nullptr, *placed, place->opacityAt(now), true});
      wanted.emplace_back();
    }
    tiles.push_back({nullptr, *placed, place->opacityAt(now), true});
    wanted.push_back({place->page ? place->tile() : nullptr, halvingsFor(placed->texelsPerPixel)});
  }
  const std::vector<const ShownTile*> shown = m_shown.show(wanted, colour, threadCount(0));
  for (size_t i = 0; i < tiles.size(); ++i) {
    if (!shown[i]) continue;  // hatches
    tiles[i].image = &shown[i]->image();
    tiles[i].isOpaque = shown[i]->isOpaque;
    tiles[i].place.texels = halved(tiles[i].place.texels, shown[i]->halvings);
  }
  return tiles;
}

bool PaintedView::draw(const Slide& slide, const Viewport& viewport, const std::vector<TileKey>& keys,
                       const TileTextures& textures, const DisplayColour& colour, std::optional<double> now,
                       std::vector<ShownMap> maps, uint32_t background) {
  const int width = static_cast<int>(std::lround(viewport.width));
  const int height = static_cast<int>(std::lround(viewport.height));
  if (width < 1 || height < 1) return false;
  const bool isNewCube = colour.cube() && std::exchange(m_cube, colour.cube()) != colour.cube();
  std::vector<PaintedTile> tiles = tilesOf(slide, viewport, keys, textures, colour, now);
  if (viewport != m_viewport || tiles != m_tiles || maps != m_maps || m_frame.pixels.empty()) {
    if (m_frame.width != width || m_frame.height != height) m_frame = Image::unset(width, height);
    m_viewport = viewport;
    m_tiles = std::move(tiles);
    m_maps = std::move(maps);
    paintView(m_frame, viewport, m_tiles, m_maps, background, threadCount(0));
    upload();
  }
  copyToView();
  return isNewCube;
}

void PaintedView::upload() {
  m_gl.glActiveTexture(GL_TEXTURE0);
  m_gl.glBindTexture(GL_TEXTURE_2D, m_texture);
  if (const Size size{m_frame.width, m_frame.height}; size != m_textureSize) {
    m_textureSize = size;
    for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
      m_gl.glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
    m_gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    m_gl.glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, m_frame.width, m_frame.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                      nullptr);
  }
  m_gl.glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, m_frame.width, m_frame.height, GL_RGBA, GL_UNSIGNED_BYTE,
                       m_frame.pixels.data());
}

/// Pixel by pixel as they are: such drivers copy memory for that, where a drawn rectangle is computed.
void PaintedView::copyToView() {
  GLint view = 0;
  m_gl.glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &view);
  m_gl.glBindFramebuffer(GL_READ_FRAMEBUFFER, m_framebuffer);
  m_gl.glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, m_texture, 0);
  m_gl.glBlitFramebuffer(0, 0, m_frame.width, m_frame.height, 0, 0, m_frame.width, m_frame.height,
                         GL_COLOR_BUFFER_BIT, GL_NEAREST);
  m_gl.glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(view));
}

}  // namespace geneglass
