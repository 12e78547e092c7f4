// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/painting/tile_painter.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "viewer/canvas/painting/pixel_rows.h"
#include "viewer/canvas/painting/turned_screen.h"

namespace geneglass {
namespace {

constexpr double kSharpBelow = 0.5;       ///< texels per pixel: then the slide's pixels are seen
constexpr uint32_t kStripe = 0xffb84747;  ///< of what is damaged
constexpr uint32_t kBetweenStripes = 0xffe6e0e0;

/// Where a row of the screen, or a column, takes its colours: `part` of 256 of the pixel after `index`.
struct Tap {
  int index = 0;
  uint32_t part = 0;
};

/// Between the middles of two pixels, never beyond the outermost. `sharpness` above 1: the colour changes
/// over 2 screen pixels only, however large the pixels are.
Tap tapAt(double texel, int count, double sharpness) {
  if (sharpness > 1) {
    const double corner = std::floor(texel - 0.5);
    texel = corner + 0.5 + std::clamp((texel - 1 - corner) * sharpness + 0.5, 0.0, 1.0);
  }
  const double place = std::clamp(texel - 0.5, 0.0, count - 1.0);
  const int index = std::min(static_cast<int>(place), std::max(0, count - 2));
  return {index, static_cast<uint32_t>((place - index) * 256 + 0.5)};
}

/// One tile on the rows of a screen.
class TileRows final {
 public:
  TileRows(const PaintedTile& tile, const Viewport& viewport)
      : m_tile(tile), m_screen(viewport), m_sharpness(kSharpBelow / tile.place.texelsPerPixel) {
    const Sides &screen = tile.place.screen, &texels = tile.place.texels;
    m_across = (texels.right - texels.left) / (screen.right - screen.left);
    m_down = (texels.bottom - texels.top) / (screen.bottom - screen.top);
  }

  void paint(Image& frame, int row) {
    const auto [first, end] = m_screen.pixelsOf(m_tile.place.screen, row, frame.width);
    if (first >= end) return;
    uint32_t* to = &frame.at(first, row);
    const auto count = static_cast<size_t>(end - first);
    const bool covers = m_tile.isOpaque && m_tile.opacity >= 1;
    if (!covers) m_row.resize(std::max(m_row.size(), count));
    uint32_t* pixels = covers ? to : m_row.data();
    if (!m_tile.image)
      hatch(pixels, first, end, frame.height - row);
    else if (m_screen.isUpright())
      takeUpright(pixels, first, end, row);
    else
      takeTurned(pixels, first, end, row);
    if (!covers) blendPixels(to, pixels, count, static_cast<uint32_t>(std::lround(m_tile.opacity * 256)));
  }

 private:
  double column(double x) const {
    return m_tile.place.texels.left + (x - m_tile.place.screen.left) * m_across;
  }
  double rowOf(double y) const { return m_tile.place.texels.top + (y - m_tile.place.screen.top) * m_down; }

  void hatch(uint32_t* pixels, int first, int end, int fromBottom) const {
    for (int x = first; x < end; ++x) *pixels++ = (x + fromBottom) % 16 < 4 ? kStripe : kBetweenStripes;
  }

  /// The columns are the same in every row: they are found once.
  void findColumns(int first, int end) {
    if (m_columnsFrom == first && m_indices.size() == static_cast<size_t>(end - first)) return;
    m_columnsFrom = first;
    m_indices.clear();
    m_parts.clear();
    for (int x = first; x < end; ++x) {
      const Tap tap = tapAt(column(m_screen.unturned(x, 0).x), m_tile.image->width, m_sharpness);
      m_indices.push_back(tap.index);
      m_parts.push_back(tap.part);
    }
  }

  void takeUpright(uint32_t* pixels, int first, int end, int row) {
    const Image& image = *m_tile.image;
    findColumns(first, end);
    const Tap down = tapAt(rowOf(m_screen.unturned(0, row).y), image.height, m_sharpness);
    const auto width = static_cast<size_t>(image.width);
    const uint32_t* above = &image.pixels[static_cast<size_t>(down.index) * width];
    if (image.width > 1 && (down.part == 0 || image.height == 1))
      return takeColumns(pixels, above, m_indices, m_parts);
    m_mixed.resize(width + 1);
    const auto from = static_cast<size_t>(m_indices.front());
    const size_t to = std::min(width, static_cast<size_t>(m_indices.back()) + 2);
    const uint32_t* below = image.height > 1 ? above + width : above;
    mixPixels(&m_mixed[from], above + from, below + from, to - from, down.part);
    if (to == width) m_mixed[width] = m_mixed[width - 1];
    takeColumns(pixels, m_mixed.data(), m_indices, m_parts);
  }

  void takeTurned(uint32_t* pixels, int first, int end, int row) const {
    const Image& image = *m_tile.image;
    const auto width = static_cast<size_t>(image.width);
    constexpr int kMostTileSide = 16384;
    if (m_sharpness <= 1 && std::min(image.width, image.height) > 1 &&
        std::max(image.width, image.height) <= kMostTileSide) {
      const auto fixed = [](double texels) { return static_cast<int32_t>(std::lround(texels * 65536)); };
      const Point start = m_screen.unturned(first, row);
      return takeSlanted(pixels, image.pixels.data(), image.width, image.height,
                         {fixed(column(start.x) - 0.5), fixed(rowOf(start.y) - 0.5),
                          fixed(m_screen.cosine * m_across), fixed(-m_screen.sine * m_down)},
                         static_cast<size_t>(end - first));
    }
    const size_t right = image.width > 1 ? 1 : 0, below = image.height > 1 ? width : 0;
    for (int x = first; x < end; ++x) {
      const Point place = m_screen.unturned(x, row);
      const Tap across = tapAt(column(place.x), image.width, m_sharpness);
      const Tap down = tapAt(rowOf(place.y), image.height, m_sharpness);
      const uint32_t* corner =
          &image.pixels[static_cast<size_t>(down.index) * width + static_cast<size_t>(across.index)];
      *pixels++ = mixedPixel(mixedPixel(corner[0], corner[right], across.part),
                             mixedPixel(corner[below], corner[below + right], across.part), down.part);
    }
  }

  const PaintedTile& m_tile;
  const TurnedScreen m_screen;
  const double m_sharpness;
  double m_across = 1, m_down = 1;  ///< texels per screen pixel
  int m_columnsFrom = -1;
  std::vector<int32_t> m_indices;
  std::vector<uint32_t> m_parts;
  std::vector<uint32_t> m_mixed, m_row;
};

}  // namespace

void paintTile(Image& frame, const Viewport& viewport, const PaintedTile& tile, PixelSpan rows) {
  TileRows painter(tile, viewport);
  for (int row = rows.first; row < rows.end; ++row) painter.paint(frame, row);
}

}  // namespace geneglass
