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

/// Of the places' own spread, that they may be off and still be the same places: sections stretch by a few
/// hundredths, and places in another order are off by more.
constexpr double kFarthestOff = 0.15;

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

double squaresOf(const std::vector<Point>& places) {
  double sum = 0;
  for (const Point& place : places) sum += place.x * place.x + place.y * place.y;
  return sum;
}

/// Of places about their means, by least squares; without the shift.
Similarity turnOf(const std::vector<Point>& from, const std::vector<Point>& to, bool isMirrored) {
  Similarity map{0, 0, {}, isMirrored};
  for (size_t i = 0; i < from.size(); ++i) {
    const double x = isMirrored ? -from[i].x : from[i].x;
    map.cosine += x * to[i].x + from[i].y * to[i].y;
    map.sine += x * to[i].y - from[i].y * to[i].x;
  }
  const double squares = squaresOf(from);
  map.cosine /= squares;
  map.sine /= squares;
  return map;
}

/// Of `to`, when `from` is turned onto it by turnOf().
double squaresLeft(const std::vector<Point>& from, const std::vector<Point>& to, const Similarity& map) {
  const double scale = map.scale();
  return std::max(0.0, squaresOf(to) - scale * scale * squaresOf(from));
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
  const Similarity plain = turnOf(here, there, false), mirrored = turnOf(here, there, true);
  const bool isMirrored = squaresLeft(here, there, mirrored) < squaresLeft(here, there, plain);
  Similarity map = isMirrored ? mirrored : plain;
  const double left = squaresLeft(here, there, map);
  if (left > kFarthestOff * kFarthestOff * squaresOf(there))
    return refuse(
        QT_TRANSLATE_NOOP("geneglass",
                          "The places on one slide do not fit those on the other, mirrored or not: click the "
                          "same three places in the same order on each slide."));
  const Point moved = map.of(meanOf(from)), mean = meanOf(to);
  map.offset = {mean.x - moved.x, mean.y - moved.y};
  return SectionFit{map, std::sqrt(left / double(from.size()))};
}

}  // namespace geneglass
