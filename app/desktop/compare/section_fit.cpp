// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/compare/section_fit.h"

#include <QCoreApplication>
#include <QString>
#include <algorithm>
#include <cmath>
#include <vector>

namespace geneglass {
namespace {

/// Across to along, below which places count as a line: a triangle 1 mm long and 60 um high turns by 3
/// degrees for a click that is 50 um off.
constexpr double kNarrowest = 0.06;

tl::unexpected<Error> refuse(const char* sentence) {
  return fail(QCoreApplication::translate("geneglass", sentence).toStdString());
}

Point meanOf(std::span<const Point> places) {
  Point mean;
  for (const Point& place : places) mean = {mean.x + place.x, mean.y + place.y};
  const auto count = static_cast<double>(places.size());
  return {mean.x / count, mean.y / count};
}

std::vector<Point> centred(std::span<const Point> places) {
  const Point mean = meanOf(places);
  std::vector<Point> result;
  for (const Point& place : places) result.push_back({place.x - mean.x, place.y - mean.y});
  return result;
}

/// By the axes of their covariance.
bool lieOnALine(const std::vector<Point>& places) {
  double xx = 0, xy = 0, yy = 0;
  for (const Point& p : places) xx += p.x * p.x, xy += p.x * p.y, yy += p.y * p.y;
  const double middle = (xx + yy) / 2, spread = std::hypot((xx - yy) / 2, xy);
  const double along = middle + spread, across = std::max(0.0, middle - spread);
  return !(along > 0) || std::sqrt(across / along) < kNarrowest;
}

/// What is left of the squares of `to` when `from`, mirrored or not, is turned and scaled onto it.
double squaresLeft(const std::vector<Point>& from, const std::vector<Point>& to, double mirror) {
  double real = 0, imaginary = 0, squares = 0, all = 0;
  for (size_t i = 0; i < from.size(); ++i) {
    const Point f{from[i].x, mirror * from[i].y}, t = to[i];
    real += f.x * t.x + f.y * t.y;
    imaginary += f.x * t.y - f.y * t.x;
    squares += f.x * f.x + f.y * f.y;
    all += t.x * t.x + t.y * t.y;
  }
  return std::max(0.0, all - (real * real + imaginary * imaginary) / squares);
}

}  // namespace

Point Similarity::of(Point place) const {
  const double x = isMirrored ? -place.x : place.x;
  return {cosine * x - sine * place.y + offset.x, sine * x + cosine * place.y + offset.y};
}

Similarity Similarity::inverse() const {
  const double square = cosine * cosine + sine * sine;
  Similarity back{cosine / square, (isMirrored ? sine : -sine) / square, {}, isMirrored};
  const Point moved = back.of(offset);
  back.offset = {-moved.x, -moved.y};
  return back;
}

double Similarity::scale() const {
  return std::hypot(cosine, sine);
}

double Similarity::angle() const {
  return std::atan2(sine, cosine);
}

Result<SectionFit> fitSections(std::span<const Point> from, std::span<const Point> to) {
  if (from.size() < 3 || from.size() != to.size())
    return refuse(QT_TRANSLATE_NOOP("geneglass", "Three places on each slide are needed to link sections."));
  const std::vector<Point> here = centred(from), there = centred(to);
  if (lieOnALine(here) || lieOnALine(there))
    return refuse(
        QT_TRANSLATE_NOOP("geneglass",
                          "The places lie on a line, which does not tell how the sections lie to each "
                          "other: choose three that are far apart in all directions."));
  if (squaresLeft(here, there, -1) < squaresLeft(here, there, 1))
    return refuse(
        QT_TRANSLATE_NOOP("geneglass",
                          "The places on one slide are the mirror image of those on the other: they were "
                          "clicked in another order, or one section lies upside down."));
  Similarity map{0, 0, {}};
  double squares = 0;
  for (size_t i = 0; i < here.size(); ++i) {
    map.cosine += here[i].x * there[i].x + here[i].y * there[i].y;
    map.sine += here[i].x * there[i].y - here[i].y * there[i].x;
    squares += here[i].x * here[i].x + here[i].y * here[i].y;
  }
  map.cosine /= squares;
  map.sine /= squares;
  const Point moved = map.of(meanOf(from)), mean = meanOf(to);
  map.offset = {mean.x - moved.x, mean.y - moved.y};
  return SectionFit{map, std::sqrt(squaresLeft(here, there, 1) / double(from.size()))};
}

}  // namespace geneglass
