// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/piece_painter.h"

#include <algorithm>
#include <cmath>

#include "viewer/canvas/painting/pixel_rows.h"

namespace geneglass {
namespace {

uint32_t pixelOf(uint32_t bytes) {
  return 0xff000000u | (bytes & 0xff) << 16 | (bytes & 0xff00) | (bytes >> 16 & 0xff);
}

void paintPieceRow(uint32_t* row, int width, const ScreenPiece& piece, int y) {
  const auto [fromX, fromY, wayX, wayY, reach, colour] = piece;
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
  const float end = std::min(static_cast<float>(width) - 1, right + fromX - 0.5f);
  if (end < begin) return;
  const float inverse = 1 / std::max(square, 1e-8f);
  const int last = static_cast<int>(end);
  for (int x = static_cast<int>(std::ceil(begin)); x <= last; ++x) {
    const float across = static_cast<float>(x) + 0.5f - fromX;
    const float along = std::clamp((across * wayX + down * wayY) * inverse, 0.0f, 1.0f);
    const float dx = across - along * wayX, dy = down - along * wayY;
    const float cover = std::clamp(reach - std::sqrt(dx * dx + dy * dy), 0.0f, 1.0f);
    row[x] = mixedPixel(row[x], colour, static_cast<uint32_t>(cover * 256 + 0.5f));
  }
}

}  // namespace

PixelSpan ScreenPiece::rows(int height) const {
  const float low = std::min(y, y + wayY) - reach, high = std::max(y, y + wayY) + reach;
  const auto within = [&](float row) {
    return static_cast<int>(std::clamp(row, 0.0f, static_cast<float>(height)));
  };
  return {within(std::floor(low)), within(std::floor(high) + 1)};
}

void appendSeen(std::span<const LinePiece> pieces, Point origin, const Viewport& view, double lineScale,
                std::vector<ScreenPiece>& seen) {
  const Point corner = view.toScreen(origin);
  const auto left = static_cast<float>(corner.x), top = static_cast<float>(corner.y);
  const auto cosine = static_cast<float>(std::cos(view.rotation) / view.downsample);
  const auto sine = static_cast<float>(std::sin(view.rotation) / view.downsample);
  const float side = view.isMirrored ? -1 : 1;
  const auto width = static_cast<float>(view.width), height = static_cast<float>(view.height);
  for (const LinePiece& piece : pieces) {
    const float x = left + (piece.fromX * cosine - piece.fromY * sine) * side;
    const float y = top + piece.fromX * sine + piece.fromY * cosine;
    const float toX = left + (piece.toX * cosine - piece.toY * sine) * side;
    const float toY = top + piece.toX * sine + piece.toY * cosine;
    const float reach =
        0.5f * (piece.width * static_cast<float>(lineScale) + piece.thickness * std::hypot(cosine, sine)) +
        0.5f;
    if (std::max(x, toX) < -reach || std::min(x, toX) > width + reach) continue;
    if (std::max(y, toY) < -reach || std::min(y, toY) > height + reach) continue;
    seen.push_back({x, y, toX - x, toY - y, reach, pixelOf(piece.colour)});
  }
}

void paintPiece(Image& frame, const ScreenPiece& piece, PixelSpan rows) {
  const PixelSpan own = piece.rows(frame.height);
  const int end = std::min(rows.end, own.end);
  for (int y = std::max(rows.first, own.first); y < end; ++y)
    paintPieceRow(&frame.at(0, y), frame.width, piece, y);
}

}  // namespace geneglass
