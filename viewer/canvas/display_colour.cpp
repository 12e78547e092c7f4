// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/display_colour.h"

#include <cmath>
#include <utility>

namespace geneglass {
namespace {

constexpr double kLeastSine = 0.02;  ///< of the angle between two stains, about 1 degree

double dot(const StainVector& a, const StainVector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

StainVector cross(const StainVector& a, const StainVector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

StainVector times(const StainVector& a, double factor) {
  return {a[0] * factor, a[1] * factor, a[2] * factor};
}

StainVector unit(const StainVector& a) {
  const double length = std::sqrt(dot(a, a));
  return length > 0 ? times(a, 1 / length) : a;
}

StainVectors usable(const StainVectors& stains) {
  const StainVectors units{unit(stains.haematoxylin), unit(stains.eosin)};
  const StainVector rest = cross(units.haematoxylin, units.eosin);
  if (std::sqrt(dot(rest, rest)) >= kLeastSine) return units;
  const StainVectors known;
  return {unit(known.haematoxylin), unit(known.eosin)};
}

}  // namespace

DisplayColour defaultColour(const Slide& slide) {
  DisplayColour colour;
  if (slide.colourProfile.empty()) return colour;
  if (Result<ColourCube> cube = displayCube(slide.colourProfile))
    colour.profile = std::make_shared<const ColourCube>(std::move(*cube));
  return colour;
}

StainVector unmixing(const StainVectors& stains, StainView chosen) {
  const auto [haematoxylin, eosin] = usable(stains);
  const StainVector rest = unit(cross(haematoxylin, eosin));
  // A row of the inverse of the matrix whose columns are the stains and the rest.
  const StainVector row = chosen == StainView::Eosin ? cross(rest, haematoxylin) : cross(eosin, rest);
  return times(row, 1 / dot(row, chosen == StainView::Eosin ? eosin : haematoxylin));
}

StainVector stainOf(const StainVectors& stains, StainView chosen) {
  const StainVectors both = usable(stains);
  return chosen == StainView::Eosin ? both.eosin : both.haematoxylin;
}

}  // namespace geneglass
