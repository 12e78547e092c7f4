// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/line_squares.h"

#include <algorithm>
#include <cmath>

#include "viewer/canvas/lines/annotation_lines.h"

namespace geneglass {
namespace {

int levelOf(const Viewport& square) {
  return static_cast<int>(std::lround(std::log2(square.downsample)));
}

/// In squares of its level.
Point placeOf(const Viewport& square) {
  const double side = kSquareSide * square.downsample;
  return {std::floor(square.centre.x / side), std::floor(square.centre.y / side)};
}

}  // namespace

int squareLevelFor(double downsample) {
  return static_cast<int>(
      std::clamp<double>(std::round(std::log2(downsample)), kFinestDetail, kCoarsestDetail));
}

Viewport squareOf(int level, double column, double row) {
  const double step = std::ldexp(1.0, level);
  const double side = kSquareSide * step;
  return {{(column + 0.5) * side, (row + 0.5) * side}, step, 0, kSquareSide, kSquareSide};
}

std::vector<Viewport> squaresWithin(const Rect& area, int level) {
  const double side = std::ldexp(kSquareSide, level);
  std::vector<Viewport> squares;
  for (double row = std::floor(area.y / side); row * side < area.bottom(); ++row)
    for (double column = std::floor(area.x / side); column * side < area.right(); ++column)
      squares.push_back(squareOf(level, column, row));
  return squares;
}

Viewport coarserSquare(const Viewport& square) {
  const Point place = placeOf(square);
  return squareOf(levelOf(square) + 1, std::floor(place.x / 2), std::floor(place.y / 2));
}

std::vector<Viewport> finerSquares(const Viewport& square) {
  const Point place = placeOf(square);
  std::vector<Viewport> finer;
  for (const double down : {0.0, 1.0})
    for (const double right : {0.0, 1.0})
      finer.push_back(squareOf(levelOf(square) - 1, 2 * place.x + right, 2 * place.y + down));
  return finer;
}

Rect partOf(const Viewport& part, const Viewport& whole) {
  const Rect inner = part.visible(), outer = whole.visible();
  const double step = whole.downsample;
  return {(inner.x - outer.x) / step, (inner.y - outer.y) / step, inner.width / step, inner.height / step};
}

std::vector<Viewport> squaresOfView(const Viewport& view) {
  std::vector<Viewport> squares;
  for (double y = 0; y < view.height; y += kSquareSide)
    for (double x = 0; x < view.width; x += kSquareSide)
      squares.push_back({view.toSlide({x + kSquareSide / 2.0, y + kSquareSide / 2.0}), view.downsample,
                         view.rotation, kSquareSide, kSquareSide, view.isMirrored});
  return squares;
}

}  // namespace geneglass
