// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/annotation_lines.h"

#include <algorithm>
#include <cmath>

#include "viewer/annotation/nearness.h"
#include "viewer/foundation/pixel.h"

namespace geneglass {
namespace {

constexpr double kTolerance = 1.0 / 3;  ///< level-0 pixels at detail 0
constexpr double kBlockSide = 1024;     ///< level-0 pixels at detail 0
constexpr double kSmallest = 3;         ///< level-0 pixels at detail 0: what has an inside

uint32_t bytesOf(uint32_t colour) {
  return 0xff000000u | static_cast<uint32_t>(blueOf(colour)) << 16 |
         static_cast<uint32_t>(greenOf(colour)) << 8 | static_cast<uint32_t>(redOf(colour));
}

LinePiece pieceOf(Point from, Point to, Point origin, uint32_t colour, float width, double thickness = 0) {
  return {static_cast<float>(from.x - origin.x),
          static_cast<float>(from.y - origin.y),
          static_cast<float>(to.x - origin.x),
          static_cast<float>(to.y - origin.y),
          colour,
          width,
          static_cast<float>(thickness)};
}

/// A line through the middle of its bounds, as thick as they are narrow.
LinePiece pieceInstead(const Rect& bounds, Point origin, uint32_t colour) {
  const double thickness = std::min(bounds.width, bounds.height);
  const Point middle{bounds.x + bounds.width / 2, bounds.y + bounds.height / 2};
  const double right = (bounds.width - thickness) / 2, down = (bounds.height - thickness) / 2;
  return pieceOf({middle.x - right, middle.y - down}, {middle.x + right, middle.y + down}, origin, colour,
                 kLineWidth, thickness);
}

/// Whether all points between two of a line are that near to the straight piece from one to the other.
bool isStraight(const std::vector<Point>& points, size_t from, size_t to, double tolerance) {
  for (size_t i = from + 1; i < to; ++i)
    if (squaredDistance(points[i], points[from], points[to]) > tolerance * tolerance) return false;
  return true;
}

void appendLine(const std::vector<Point>& points, bool closed, double tolerance, Point origin,
                uint32_t colour, std::vector<LinePiece>& pieces) {
  constexpr size_t kMostAtOnce = 32;  ///< points that one piece stands for: what looking ahead may cost
  if (points.empty()) return;
  const size_t begin = pieces.size();
  size_t last = 0;
  const auto goTo = [&](size_t next) {
    pieces.push_back(pieceOf(points[last], points[next], origin, colour, kLineWidth));
    last = next;
  };
  for (size_t i = 1; i + 1 < points.size(); ++i)
    if (i + 1 - last > kMostAtOnce || !isStraight(points, last, i + 1, tolerance)) goTo(i);
  goTo(points.size() - 1);
  if (closed && pieces.size() > begin + 1) goTo(0);
}

}  // namespace

int detailFor(double downsample) {
  const double detail = std::floor(std::log2(downsample));
  return static_cast<int>(std::clamp<double>(detail, kFinestDetail, kCoarsestDetail));
}

double blockSide(int detail) {
  return std::ldexp(kBlockSide, std::max(0, detail));
}

void appendPieces(const Annotation& annotation, uint32_t colour, int detail, Point origin,
                  std::vector<LinePiece>& pieces) {
  const double tolerance = std::ldexp(kTolerance, detail);
  const uint32_t bytes = bytesOf(colour);
  if (const auto* places = std::get_if<Places>(&annotation.shape))
    for (const Point place : places->points)
      pieces.push_back(pieceOf(place, place, origin, bytes, kPlaceWidth));
  const Rect bounds = boundsOf(annotation.shape);
  if (std::max(bounds.width, bounds.height) < std::ldexp(kSmallest, detail)) {
    if (outlinesOf(annotation.shape).empty() || bounds == Rect{}) return;
    pieces.push_back(pieceInstead(bounds, origin, bytes));
    return;
  }
  if (const auto* area = std::get_if<Area>(&annotation.shape)) {
    // Without the copies that outlinesOf makes: there may be a hundred thousand of them.
    for (const Polygon& part : area->parts) {
      appendLine(part.outer, true, tolerance, origin, bytes, pieces);
      for (const Ring& hole : part.holes) appendLine(hole, true, tolerance, origin, bytes, pieces);
    }
    return;
  }
  // Half and half: an ellipse's outline is an approximation itself.
  for (const ShapeOutline& line : outlinesOf(annotation.shape, tolerance / 2))
    appendLine(line.points, line.closed, tolerance / 2, origin, bytes, pieces);
}

}  // namespace geneglass
