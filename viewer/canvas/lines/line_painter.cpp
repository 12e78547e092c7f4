// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/line_painter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "viewer/canvas/lines/annotation_lines.h"

namespace geneglass {
namespace {

using Shade = std::array<float, 4>;  ///< red, green, blue, alpha, 0 to 1

/// What covers a pixel is 1 within half the width of a piece and gone a pixel further.
class PieceCanvas final {
 public:
  PieceCanvas(const Viewport& view, double lineScale)
      : m_width(static_cast<int>(std::lround(view.width))),
        m_height(static_cast<int>(std::lround(view.height))),
        m_cosine(static_cast<float>(std::cos(view.rotation) / view.downsample)),
        m_sine(static_cast<float>(std::sin(view.rotation) / view.downsample)),
        m_magnification(static_cast<float>(1 / view.downsample)),
        m_lineScale(static_cast<float>(lineScale)),
        m_shades(static_cast<size_t>(m_width) * static_cast<size_t>(m_height)) {}

  /// A piece relative to the upper left corner of the view.
  void paint(const LinePiece& piece);
  std::vector<uint32_t> pixels() const;

 private:
  struct Capsule {
    float x, y;        ///< where it begins, screen pixels
    float wayX, wayY;  ///< to where it ends
    float reach;       ///< where it covers nothing any more
  };
  void paintRow(const Capsule& capsule, int y, const Shade& shade);

  int m_width, m_height;
  float m_cosine, m_sine, m_magnification, m_lineScale;
  std::vector<Shade> m_shades;
};

void PieceCanvas::paint(const LinePiece& piece) {
  const auto onScreenX = [&](float x, float y) { return x * m_cosine - y * m_sine; };
  const auto onScreenY = [&](float x, float y) { return x * m_sine + y * m_cosine; };
  Capsule capsule{onScreenX(piece.fromX, piece.fromY), onScreenY(piece.fromX, piece.fromY),
                  onScreenX(piece.toX, piece.toY), onScreenY(piece.toX, piece.toY),
                  0.5f * (piece.width * m_lineScale + piece.thickness * m_magnification) + 0.5f};
  capsule.wayX -= capsule.x;
  capsule.wayY -= capsule.y;
  const float top = std::min(capsule.y, capsule.y + capsule.wayY) - capsule.reach;
  const float bottom = std::max(capsule.y, capsule.y + capsule.wayY) + capsule.reach;
  const float left = std::min(capsule.x, capsule.x + capsule.wayX) - capsule.reach;
  const float right = std::max(capsule.x, capsule.x + capsule.wayX) + capsule.reach;
  const auto width = static_cast<float>(m_width), height = static_cast<float>(m_height);
  if (bottom < 0 || top > height || right < 0 || left > width) return;
  const auto part = [&](int shift) { return static_cast<float>(piece.colour >> shift & 0xff) / 255; };
  const Shade shade{part(0), part(8), part(16), 1};
  const int last = std::min(m_height - 1, static_cast<int>(bottom));
  for (int y = std::max(0, static_cast<int>(top)); y <= last; ++y) paintRow(capsule, y, shade);
}

void PieceCanvas::paintRow(const Capsule& capsule, int y, const Shade& shade) {
  const auto [fromX, fromY, wayX, wayY, reach] = capsule;
  const float down = static_cast<float>(y) + 0.5f - fromY;
  float left = std::min(0.0f, wayX) - reach, right = std::max(0.0f, wayX) + reach;
  const float square = wayX * wayX + wayY * wayY;
  // Only what is near the endless line through the piece.
  if (std::abs(wayY) > 1e-3f) {
    const float middle = down * wayX / wayY, half = reach * std::sqrt(square) / std::abs(wayY);
    left = std::max(left, middle - half);
    right = std::min(right, middle + half);
  }
  const float begin = std::max(0.0f, left + fromX - 0.5f);
  const float end = std::min(static_cast<float>(m_width) - 1, right + fromX - 0.5f);
  if (end < begin) return;
  const float inverse = 1 / std::max(square, 1e-8f);
  Shade* row = m_shades.data() + static_cast<size_t>(y) * static_cast<size_t>(m_width);
  const int last = static_cast<int>(end);
  for (int x = static_cast<int>(std::ceil(begin)); x <= last; ++x) {
    const float across = static_cast<float>(x) + 0.5f - fromX;
    const float along = std::clamp((across * wayX + down * wayY) * inverse, 0.0f, 1.0f);
    const float dx = across - along * wayX, dy = down - along * wayY;
    const float cover = std::clamp(reach - std::sqrt(dx * dx + dy * dy), 0.0f, 1.0f);
    for (size_t i = 0; i < 4; ++i) row[x][i] += (shade[i] - row[x][i]) * cover;
  }
}

std::vector<uint32_t> PieceCanvas::pixels() const {
  std::vector<uint32_t> pixels(m_shades.size());
  const auto byte = [](float share) { return static_cast<uint32_t>(share * 255 + 0.5f); };
  std::ranges::transform(m_shades, pixels.begin(), [&](const Shade& shade) {
    return byte(shade[3]) << 24 | byte(shade[2]) << 16 | byte(shade[1]) << 8 | byte(shade[0]);
  });
  return pixels;
}

}  // namespace

LinePicture paintLines(const AnnotationSet& set, const Viewport& view, double lineScale) {
  PieceCanvas canvas(view, lineScale);
  const Rect seen = view.visible();
  const double margin = kPlaceWidth * lineScale * view.downsample;
  const int detail = detailFor(view.downsample);
  const Point origin = view.toSlide({0, 0});
  std::vector<LinePiece> pieces;
  bool isEmpty = true;
  for (const size_t place : set.placesWithin(
           {seen.x - margin, seen.y - margin, seen.width + 2 * margin, seen.height + 2 * margin})) {
    const Annotation& annotation = *set.all()[place];
    pieces.clear();
    appendPieces(annotation, set.colourOf(annotation), detail, origin, pieces);
    for (const LinePiece& piece : pieces) canvas.paint(piece);
    isEmpty = isEmpty && pieces.empty();
  }
  LinePicture picture{
      static_cast<int>(std::lround(view.width)), static_cast<int>(std::lround(view.height)), {}};
  if (!isEmpty) picture.pixels = canvas.pixels();
  return picture;
}

}  // namespace geneglass
