// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/shape_algebra.h"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/register/point.hpp>
#include <cmath>
#include <polyclipping/clipper.hpp>
#include <utility>

BOOST_GEOMETRY_REGISTER_POINT_2D(geneglass::Point, double, cs::cartesian, x, y)

namespace geneglass {
namespace {

namespace bg = boost::geometry;
namespace cl = ClipperLib;

/// Clipper counts in whole numbers: steps of 1/1024 of a pixel.
constexpr double kSteps = 1024;
constexpr double kThinnest = 2;      ///< steps; narrower spikes and slivers vanish
constexpr double kFarthest = 1e12;   ///< pixels; what lies beyond is drawn in
constexpr int kMostPasses = 6;       ///< rounding may let edges cross anew
constexpr double kFinestArc = 0.1;   ///< pixels between a stroke's round end and its polygon
constexpr double kArcShare = 0.002;  ///< the same, of the radius

cl::IntPoint stepsOf(Point p) {
  const auto steps = [](double v) {
    return static_cast<cl::cInt>(std::llround(std::clamp(v, -kFarthest, kFarthest) * kSteps));
  };
  return {steps(p.x), steps(p.y)};
}

cl::Path pathOf(const std::vector<Point>& points) {
  cl::Path path;
  path.reserve(points.size());
  for (const Point& p : points)
    if (std::isfinite(p.x) && std::isfinite(p.y)) path.push_back(stepsOf(p));
  return path;
}

Ring ringOf(const cl::Path& path) {
  Ring ring;
  ring.reserve(path.size());
  for (const cl::IntPoint& p : path)
    ring.push_back({static_cast<double>(p.X) / kSteps, static_cast<double>(p.Y) / kSteps});
  return ring;
}

void append(cl::Paths& all, cl::Paths more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

cl::Paths combined(cl::ClipType type, const cl::Paths& a, const cl::Paths& b, cl::PolyFillType fill) {
  cl::Clipper clipper;
  clipper.AddPaths(a, cl::ptSubject, true);
  clipper.AddPaths(b, cl::ptClip, true);
  cl::Paths result;
  clipper.Execute(type, result, fill, fill);
  return result;
}

/// What a line that may cross itself encloses by even-odd.
cl::Paths enclosedBy(const Ring& ring) {
  return combined(cl::ctUnion, {pathOf(ring)}, {}, cl::pftEvenOdd);
}

/// What lies in any part, each within its outer ring and in none of its holes: to be filled by non-zero.
cl::Paths placesOf(const Area& area) {
  cl::Paths all;
  for (const Polygon& part : area.parts) {
    cl::Paths filled = enclosedBy(part.outer), holes;
    for (const Ring& hole : part.holes) append(holes, enclosedBy(hole));
    if (!holes.empty()) filled = combined(cl::ctDifference, filled, holes, cl::pftNonZero);
    append(all, std::move(filled));
  }
  return all;
}

void addParts(const cl::PolyNode& parent, Area& area) {
  for (const cl::PolyNode* outer : parent.Childs) {
    Polygon part{ringOf(outer->Contour), {}};
    for (const cl::PolyNode* hole : outer->Childs) {
      part.holes.push_back(ringOf(hole->Contour));
      addParts(*hole, area);
    }
    area.parts.push_back(std::move(part));
  }
}

Area combinedArea(cl::ClipType type, const cl::Paths& a, const cl::Paths& b) {
  cl::Paths outlines = combined(type, a, b, cl::pftNonZero);
  cl::CleanPolygons(outlines, kThinnest);
  cl::Clipper clipper;
  clipper.AddPaths(outlines, cl::ptSubject, true);
  cl::PolyTree tree;
  clipper.Execute(cl::ctUnion, tree, cl::pftNonZero, cl::pftNonZero);
  Area area;
  addParts(tree, area);
  return area;
}

double twiceSignedPixels(const Ring& ring) {
  double sum = 0;
  for (size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++)
    sum += (ring[before].x - ring[0].x) * (ring[i].y - ring[0].y) -
           (ring[i].x - ring[0].x) * (ring[before].y - ring[0].y);
  return sum;
}

void turn(Ring& ring, bool clockwise) {
  if ((twiceSignedPixels(ring) > 0) != clockwise) std::reverse(ring.begin(), ring.end());
}

Ring withoutRepeats(const Ring& ring) {
  Ring result;
  for (const Point& p : ring)
    if (result.empty() || result.back() != p) result.push_back(p);
  while (result.size() > 1 && result.back() == result.front()) result.pop_back();
  return result;
}

/// The same rings without repeated points, turned as strict readers want them.
Area tidied(const Area& area) {
  Area result;
  for (const Polygon& part : area.parts) {
    Polygon tidy{withoutRepeats(part.outer), {}};
    if (tidy.outer.size() < 3) continue;
    turn(tidy.outer, true);
    for (const Ring& hole : part.holes)
      if (Ring ring = withoutRepeats(hole); ring.size() >= 3) {
        turn(ring, false);
        tidy.holes.push_back(std::move(ring));
      }
    result.parts.push_back(std::move(tidy));
  }
  return result;
}

bool isSimple(const Area& area) {
  using StrictPolygon = bg::model::polygon<Point, false, false>;
  bg::model::multi_polygon<StrictPolygon> strict;
  for (const Polygon& part : area.parts) {
    StrictPolygon& polygon = strict.emplace_back();
    polygon.outer().assign(part.outer.begin(), part.outer.end());
    for (const Ring& hole : part.holes) polygon.inners().emplace_back().assign(hole.begin(), hole.end());
  }
  return strict.size() == 1 ? bg::is_valid(strict.front()) : bg::is_valid(strict);
}

/// Without a band of two steps along every edge, so that what only touches comes apart.
cl::Paths shrunk(const cl::Paths& places) {
  const cl::Path brush{{2, 0}, {0, 2}, {-2, 0}, {0, -2}};
  const cl::Paths outlines = combined(cl::ctUnion, places, {}, cl::pftNonZero);
  cl::Paths bands;
  for (const cl::Path& outline : outlines) {
    cl::Paths band;
    cl::MinkowskiSum(brush, outline, band, true);
    append(bands, std::move(band));
  }
  return combined(cl::ctDifference, outlines, bands, cl::pftNonZero);
}

Area simplified(Area area) {
  for (int pass = 0; pass < kMostPasses && !isSimple(area); ++pass) {
    cl::Paths places = placesOf(area);
    if (pass > 0) places = shrunk(places);
    area = combinedArea(cl::ctUnion, places, {});
  }
  return area;
}

}  // namespace

Area united(const Area& a, const Area& b) {
  return simplified(combinedArea(cl::ctUnion, placesOf(a), placesOf(b)));
}

Area without(const Area& a, const Area& b) {
  return simplified(combinedArea(cl::ctDifference, placesOf(a), placesOf(b)));
}

Area common(const Area& a, const Area& b) {
  return simplified(combinedArea(cl::ctIntersection, placesOf(a), placesOf(b)));
}

Area mended(const Area& area) {
  return simplified(tidied(area));
}

Area stroke(const std::vector<Point>& points, double radius) {
  cl::ClipperOffset offset(2, std::max(kFinestArc, kArcShare * radius) * kSteps);
  offset.AddPath(pathOf(points), cl::jtRound, cl::etOpenRound);
  cl::Paths outline;
  offset.Execute(outline, radius * kSteps);
  return simplified(combinedArea(cl::ctUnion, outline, {}));
}

double squarePixels(const Area& area) {
  double twice = 0;
  for (const Polygon& part : mended(area).parts) {
    twice += twiceSignedPixels(part.outer);
    for (const Ring& hole : part.holes) twice += twiceSignedPixels(hole);
  }
  return twice / 2;
}

}  // namespace geneglass
