// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/painted_view.h"

#include <cmath>
#include <utility>

#include "viewer/canvas/painting/view_painter.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr size_t kMostPainted = 1500;  ///< annotations in view; more are shown as pictures

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

std::vector<PaintedTile> PaintedView::tilesOf(const ShownView& view) {
  std::vector<PaintedTile> tiles;
  std::vector<WantedTile> wanted;
  for (const TileKey key : view.tiles) {
    const TileTextures::Place* place = view.textures.find(key);
    const auto placed =
        place ? placeTile(view.slide, view.viewport, key, {place->width, place->height}) : std::nullopt;
    if (!placed) continue;
    if (place->hatched) {
      tiles.push_back({nullptr, *placed, place->opacityAt(view.now), true});
      wanted.emplace_back();
    }
    tiles.push_back({nullptr, *placed, place->opacityAt(view.now), true});
    wanted.push_back({place->page ? place->tile() : nullptr, halvingsFor(placed->texelsPerPixel)});
  }
  const std::vector<const ShownTile*> shown = m_shown.show(wanted, view.colour, threadCount(0));
  for (size_t i = 0; i < tiles.size(); ++i) {
    if (!shown[i]) continue;  // hatches
    tiles[i].image = &shown[i]->image();
    tiles[i].isOpaque = shown[i]->isOpaque;
    tiles[i].place.texels = halved(tiles[i].place.texels, shown[i]->halvings);
  }
  return tiles;
}

PaintedLines PaintedView::linesOf(const ShownView& view, bool forFile, FrameReport& report) {
  PaintedLines lines;
  for (const AnnotationSetPtr& set : view.annotations) {
    const auto isCrowded = [&] {
      return set->countWithin(view.viewport.visible(), kMostPainted + 1) > kMostPainted;
    };
    if (!forFile && (m_linePictures ? *m_linePictures : isCrowded())) {
      if (!m_pictures) m_pictures.emplace(kAnnotationBytes);
      const auto [pictures, waiting] = m_pictures->show(set, view.viewport, view.lineScale, lines);
      report.drawnLinePictures += pictures;
      report.fading |= waiting;
      continue;
    }
    const LineBlocks::Shown shown = m_blocks.show(set, view.viewport, view.lineMilliseconds, view.lineScale);
    for (const LineBlock* block : shown.blocks) {
      appendSeen(block->pieces, block->origin, view.viewport, view.lineScale, lines.pieces);
      report.drawnLines += block->count;
    }
    report.uploadsWaiting |= shown.waiting;
  }
  return lines;
}

void PaintedView::draw(ShownView view, uint32_t background, bool forFile, FrameReport& report) {
  const int width = static_cast<int>(std::lround(view.viewport.width));
  const int height = static_cast<int>(std::lround(view.viewport.height));
  if (width < 1 || height < 1) return;
  const auto& cube = view.colour.cube();
  report.uploadedProfiles = cube && std::exchange(m_cube, cube) != cube;
  std::vector<PaintedTile> tiles = tilesOf(view);
  PaintedLines lines = linesOf(view, forFile, report);
  if (view.viewport == m_viewport && view.colour == m_colour && tiles == m_tiles && view.maps == m_maps &&
      lines == m_lines && !m_frame.pixels.empty())
    return;
  if (m_frame.width != width || m_frame.height != height) m_frame = Image::unset(width, height);
  m_viewport = view.viewport;
  m_colour = view.colour;
  m_tiles = std::move(tiles);
  m_maps = std::move(view.maps);
  m_lines = std::move(lines);
  paintView(m_frame, m_viewport, m_tiles, m_maps, m_lines, background, threadCount(0));
}

}  // namespace geneglass
