// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/display_colour.h"

#include <algorithm>
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

/// Between the eight points of the grid around `light`, as a sampler does it.
StainVector lookUp(const ColourCube& cube, const StainVector& light) {
  std::array<size_t, 3> low{};
  StainVector part{};
  for (size_t i = 0; i < 3; ++i) {
    const double place = std::clamp(light[i], 0.0, 1.0) * (cube.size - 1);
    low[i] = static_cast<size_t>(std::min(place, cube.size - 2.0));
    part[i] = place - static_cast<double>(low[i]);
  }
  const auto side = static_cast<size_t>(cube.size);
  StainVector sum{0, 0, 0};
  for (size_t corner = 0; corner < 8; ++corner) {
    const size_t red = corner & 1, green = corner >> 1 & 1, blue = corner >> 2;
    const double weight =
        (red ? part[0] : 1 - part[0]) * (green ? part[1] : 1 - part[1]) * (blue ? part[2] : 1 - part[2]);
    const size_t at = 3 * (((low[2] + blue) * side + low[1] + green) * side + low[0] + red);
    for (size_t i = 0; i < 3; ++i) sum[i] += weight * static_cast<double>(cube.values[at + i]);
  }
  return sum;
}

/// IEC 61966-2-1.
double srgbCurve(double light) {
  const double inside = std::clamp(light, 0.0, 1.0);
  return inside <= 0.0031308 ? 12.92 * inside : 1.055 * std::pow(inside, 1 / 2.4) - 0.055;
}

/// What the shader of TileColour does to one pixel.
class OnePixel {
 public:
  explicit OnePixel(const DisplayColour& colour)
      : m_colour(colour),
        m_unmixing(unmixing(colour.stains, colour.stain)),
        m_stain(stainOf(colour.stains, colour.stain)) {}

  StainVector shown(StainVector light) const {
    if (m_colour.stain != StainView::All) light = stainAlone(light);
    if (m_colour.cube()) {
      light = lookUp(*m_colour.cube(), light);
      for (double& part : light) part = srgbCurve(part);
    }
    if (!m_colour.changesTone()) return light;
    for (double& part : light)
      part = std::pow(std::clamp((part - 0.5) * m_colour.contrast + 0.5 + m_colour.brightness, 0.0, 1.0),
                      1 / std::max(m_colour.gamma, 1e-3));
    return light;
  }

 private:
  StainVector stainAlone(const StainVector& light) const {
    StainVector density{};
    for (size_t i = 0; i < 3; ++i) density[i] = -std::log(std::max(light[i], 1 / 255.0));
    const double amount = std::max(dot(m_unmixing, density), 0.0);
    StainVector left{};
    for (size_t i = 0; i < 3; ++i) left[i] = std::exp(-amount * m_stain[i]);
    return left;
  }

  const DisplayColour& m_colour;
  const StainVector m_unmixing;
  const StainVector m_stain;
};

}  // namespace

QImage shownAs(const QImage& picture, const DisplayColour& colour) {
  if (colour.isIdentity()) return picture;
  const OnePixel one(colour);
  QImage shown = picture.convertToFormat(QImage::Format_RGB32);
  for (int y = 0; y < shown.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(shown.scanLine(y));
    for (int x = 0; x < shown.width(); ++x) {
      const StainVector light =
          one.shown({qRed(line[x]) / 255.0, qGreen(line[x]) / 255.0, qBlue(line[x]) / 255.0});
      const auto level = [&](size_t i) {
        return static_cast<int>(std::lround(255 * std::clamp(light[i], 0.0, 1.0)));
      };
      line[x] = qRgb(level(0), level(1), level(2));
    }
  }
  return shown;
}

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
