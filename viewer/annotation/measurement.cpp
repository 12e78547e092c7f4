// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/measurement.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "viewer/annotation/shape_algebra.h"

namespace geneglass {
namespace {

constexpr double kMicrometresAMillimetre = 1000;
constexpr double kSmallestMm2 = 0.01;
constexpr double kFineOutline = 0.01;  ///< level-0 pixels; for the perimeter of an ellipse

/// Lengths and areas of one slide: micrometres where the size of its pixels is known, else pixels.
class Ruler final {
 public:
  explicit Ruler(const std::optional<Mpp>& mpp)
      : m_known(mpp && mpp->x > 0 && mpp->y > 0), m_x(m_known ? mpp->x : 1), m_y(m_known ? mpp->y : 1) {}

  double between(Point a, Point b) const { return std::hypot((b.x - a.x) * m_x, (b.y - a.y) * m_y); }

  double along(const std::vector<Point>& points, bool closed) const {
    double sum = 0;
    for (size_t i = 1; i < points.size(); ++i) sum += between(points[i - 1], points[i]);
    if (closed && points.size() > 2) sum += between(points.back(), points.front());
    return sum;
  }

  double degrees(const Angle& angle) const {
    const double ax = (angle.first.x - angle.vertex.x) * m_x, ay = (angle.first.y - angle.vertex.y) * m_y;
    const double bx = (angle.second.x - angle.vertex.x) * m_x, by = (angle.second.y - angle.vertex.y) * m_y;
    return std::abs(std::atan2(ax * by - ay * bx, ax * bx + ay * by)) * 180 / std::numbers::pi;
  }

  Measurement length(std::string name, double value) const {
    if (!m_known) return {std::move(name), value, "px"};
    if (value < kMicrometresAMillimetre) return {std::move(name), value, "um"};
    return {std::move(name), value / kMicrometresAMillimetre, "mm"};
  }

  Measurement area(double squarePixels) const {
    const double value = squarePixels * m_x * m_y;
    const double mm2 = value / kMicrometresAMillimetre / kMicrometresAMillimetre;
    if (!m_known) return {"Area", value, "px2"};
    if (mm2 < kSmallestMm2) return {"Area", value, "um2"};
    return {"Area", mm2, "mm2"};
  }

 private:
  bool m_known;
  double m_x, m_y;
};

double perimeterOf(const Shape& shape, const Ruler& ruler) {
  double sum = 0;
  for (const ShapeOutline& outline : outlinesOf(shape, kFineOutline))
    sum += ruler.along(outline.points, outline.closed);
  return sum;
}

std::vector<Measurement> measured(const Area& area, const Ruler& ruler) {
  std::vector<Measurement> all{ruler.area(squarePixels(area)),
                               ruler.length("Perimeter", perimeterOf(area, ruler))};
  if (const std::optional<Rect> box = uprightRectangle(area)) {
    all.push_back(ruler.length("Width", ruler.between({0, 0}, {box->width, 0})));
    all.push_back(ruler.length("Height", ruler.between({0, 0}, {0, box->height})));
  }
  return all;
}

std::vector<Measurement> measured(const Ellipse& ellipse, const Ruler& ruler) {
  const double c = std::cos(ellipse.rotation), s = std::sin(ellipse.rotation);
  const double x = 2 * ellipse.radiusX, y = 2 * ellipse.radiusY;
  return {ruler.area(std::numbers::pi * ellipse.radiusX * ellipse.radiusY),
          ruler.length("Perimeter", perimeterOf(ellipse, ruler)),
          ruler.length("Width", ruler.between({0, 0}, {x * c, x * s})),
          ruler.length("Height", ruler.between({0, 0}, {-y * s, y * c}))};
}

std::vector<Measurement> measured(const Path& path, const Ruler& ruler) {
  return {ruler.length("Length", ruler.along(path.points, false))};
}

std::vector<Measurement> measured(const Angle& angle, const Ruler& ruler) {
  return {{"Angle", ruler.degrees(angle), "deg"}};
}

std::vector<Measurement> measured(const Places& places, const Ruler&) {
  return {{"Count", static_cast<double>(places.points.size()), ""}};
}

}  // namespace

std::vector<Measurement> measure(const Shape& shape, const std::optional<Mpp>& mpp) {
  const Ruler ruler(mpp);
  return std::visit([&](const auto& kind) { return measured(kind, ruler); }, shape);
}

}  // namespace geneglass
