// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/view_painter.h"

#include <algorithm>
#include <vector>

#include "viewer/canvas/painting/map_painter.h"
#include "viewer/canvas/painting/pixel_rows.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr int kBandRows = 24;  ///< painted by one thread at a time

PixelSpan common(PixelSpan a, PixelSpan b) {
  return {std::max(a.first, b.first), std::min(a.end, b.end)};
}

/// Something that lies on the screen, and the rows that it reaches.
template <typename Thing>
struct Placed {
  Thing thing;
  PixelSpan rows;
};

/// What a view shows, in rows of the screen.
class ViewBands final {
 public:
  ViewBands(const Viewport& viewport, int height)
      : m_viewport(viewport), m_screen(viewport), m_height(height) {}  // as if not mirrored

  void add(std::span<const PaintedTile> tiles, std::span<const ShownMap> maps, const PaintedLines& lines) {
    for (const PaintedTile& tile : tiles) m_tiles.push_back({&tile, rowsOf(tile.place)});
    for (const ShownMap& map : maps)
      if (const auto place = placeMap(*map.heatmap, m_viewport); place && map.style.opacity > 0) {
        PaintedMap painted(map, *place);
        if (m_viewport.isMirrored) painted.cut.centre.x = m_viewport.width - painted.cut.centre.x;
        m_maps.push_back({painted, m_screen.rowsOf(place->screen, m_height)});
      }
    for (const PaintedLines::OnSlide& line : lines.onSlide)
      m_lines.push_back({{line.picture.get(), line.place}, rowsOf(line.place)});
    m_lineParts = lines.onScreen;
    m_pieces.resize(static_cast<size_t>(count()));
    for (const ScreenPiece& piece : lines.pieces) {
      const PixelSpan rows = piece.rows(m_height);
      for (int band = rows.first / kBandRows; band * kBandRows < rows.end; ++band)
        m_pieces[static_cast<size_t>(band)].push_back(&piece);
    }
  }

  int count() const { return (m_height + kBandRows - 1) / kBandRows; }

  void paint(Image& frame, int number, uint32_t background) const {
    const int first = number * kBandRows;
    const PixelSpan band{first, std::min(m_height, first + kBandRows)};
    std::fill_n(&frame.at(0, band.first),
                static_cast<size_t>(band.end - band.first) * static_cast<size_t>(frame.width), background);
    for (const auto& [tile, reach] : m_tiles)
      if (const PixelSpan rows = common(band, reach); rows.first < rows.end)
        paintTile(frame, m_viewport, *tile, rows);
    for (const auto& [map, reach] : m_maps)
      if (const PixelSpan rows = common(band, reach); rows.first < rows.end)
        paintMap(frame, m_viewport, map, rows);
    for (const auto& [square, reach] : m_lines)
      if (const PixelSpan rows = common(band, reach); rows.first < rows.end)
        paintTile(frame, m_viewport, square, rows);
    if (m_viewport.isMirrored) mirror(frame, band);
    for (const PaintedLines::OnScreen& part : m_lineParts) lay(frame, part, band);
    for (const ScreenPiece* piece : m_pieces[static_cast<size_t>(number)]) paintPiece(frame, *piece, band);
  }

 private:
  PixelSpan rowsOf(const PlacedTile& place) const { return m_screen.rowsOf(place.screen, m_height); }

  static void mirror(Image& frame, PixelSpan rows) {
    for (int y = rows.first; y < rows.end; ++y) {
      uint32_t* const row = &frame.at(0, y);
      std::reverse(row, row + frame.width);
    }
  }

  static void lay(Image& frame, const PaintedLines::OnScreen& part, PixelSpan band) {
    const PixelSpan rows = common(band, {part.y, part.y + part.picture->height});
    const PixelSpan columns = common({0, frame.width}, {part.x, part.x + part.picture->width});
    if (columns.first >= columns.end) return;
    for (int y = rows.first; y < rows.end; ++y)
      blendPixels(
          &frame.at(columns.first, y),
          &part.picture->pixels[static_cast<size_t>(y - part.y) * static_cast<size_t>(part.picture->width) +
                                static_cast<size_t>(columns.first - part.x)],
          static_cast<size_t>(columns.end - columns.first), 256);
  }

  const Viewport& m_viewport;
  const TurnedScreen m_screen;
  const int m_height;
  std::vector<Placed<const PaintedTile*>> m_tiles;
  std::vector<Placed<PaintedMap>> m_maps;
  std::vector<Placed<PaintedTile>> m_lines;
  std::span<const PaintedLines::OnScreen> m_lineParts;
  std::vector<std::vector<const ScreenPiece*>> m_pieces;  ///< of each band
};

}  // namespace

void paintView(Image& frame, const Viewport& viewport, std::span<const PaintedTile> tiles,
               std::span<const ShownMap> maps, const PaintedLines& lines, uint32_t background, int threads) {
  ViewBands bands(viewport, frame.height);
  bands.add(tiles, maps, lines);
  parallelFor(bands.count(), threads, {},
              [&](int64_t number) { bands.paint(frame, static_cast<int>(number), background); });
}

}  // namespace geneglass
