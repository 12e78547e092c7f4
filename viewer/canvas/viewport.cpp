// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/viewport.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

/// The finest view: one level-0 pixel is 16 screen pixels.
constexpr double kFinestDownsample = 1.0 / 16;
constexpr double kFitMargin = 1.04;

/// Clockwise on a screen whose y points down.
Point turned(Point p, double radians) {
  const double cosine = std::cos(radians);
  const double sine = std::sin(radians);
  return {p.x * cosine - p.y * sine, p.x * sine + p.y * cosine};
}

/// The same viewport with its centre moved so that `slide` lies under `screen`.
Viewport anchored(Viewport viewport, Point screen, Point slide) {
  const Point now = viewport.toSlide(screen);
  viewport.centre.x += slide.x - now.x;
  viewport.centre.y += slide.y - now.y;
  return viewport;
}

}  // namespace

Point Viewport::toScreen(Point slide) const {
  const Point p = turned({(slide.x - centre.x) / downsample, (slide.y - centre.y) / downsample}, rotation);
  return {(isMirrored ? -p.x : p.x) + width / 2, p.y + height / 2};
}

Point Viewport::toSlide(Point screen) const {
  const double right = screen.x - width / 2;
  const Point p = turned({isMirrored ? -right : right, screen.y - height / 2}, -rotation);
  return {centre.x + p.x * downsample, centre.y + p.y * downsample};
}

Rect Viewport::visible() const {
  const double cosine = std::abs(std::cos(rotation));
  const double sine = std::abs(std::sin(rotation));
  const double wide = (width * cosine + height * sine) * downsample;
  const double high = (width * sine + height * cosine) * downsample;
  return {centre.x - wide / 2, centre.y - high / 2, wide, high};
}

Viewport Viewport::pannedBy(Point screenDelta) const {
  Viewport result = *this;
  result.centre = toSlide({width / 2 - screenDelta.x, height / 2 - screenDelta.y});
  return result;
}

Viewport Viewport::magnifiedAbout(Point screen, double factor) const {
  Viewport result = *this;
  result.downsample = downsample / factor;
  return anchored(result, screen, toSlide(screen));
}

Viewport Viewport::rotatedAbout(Point screen, double radians) const {
  constexpr double kFullTurn = 2 * 3.14159265358979323846;
  Viewport result = *this;
  result.rotation = std::remainder(rotation + (isMirrored ? -radians : radians), kFullTurn);
  return anchored(result, screen, toSlide(screen));
}

Viewport Viewport::mirrored() const {
  Viewport result = *this;
  result.isMirrored = !isMirrored;
  return result;
}

Viewport Viewport::resized(double newWidth, double newHeight) const {
  Viewport result = *this;
  result.width = newWidth;
  result.height = newHeight;
  return result;
}

Viewport Viewport::limitedTo(const Slide& slide) const {
  const double wide = static_cast<double>(slide.size().width);
  const double high = static_cast<double>(slide.size().height);
  const double coarsest = std::max(2 * fit({0, 0, wide, high}, width, height).downsample, kFinestDownsample);
  Viewport result = *this;
  result.downsample = std::clamp(downsample, kFinestDownsample, coarsest);
  result.centre = {std::clamp(centre.x, 0.0, wide), std::clamp(centre.y, 0.0, high)};
  return result;
}

Viewport fit(const Rect& area, double width, double height) {
  const double needed = std::max(area.width / std::max(width, 1.0), area.height / std::max(height, 1.0));
  Viewport result;
  result.centre = {area.x + area.width / 2, area.y + area.height / 2};
  result.downsample = needed > 0 ? needed * kFitMargin : 1;
  result.width = width;
  result.height = height;
  return result;
}

Viewport fitAbove(const Rect& area, double width, double height, double band) {
  Viewport view = fit(area, width, std::max(1.0, height - band));
  view.height = height;
  view.centre.y += band / 2 * view.downsample;
  return view;
}

Viewport fitAround(const Rect& area, double width, double height, Point corner) {
  const Viewport whole = fit(area, width, height);
  const Point end = whole.toScreen({area.x + area.width, area.y + area.height});
  if (end.x <= corner.x || end.y <= corner.y) return whole;
  Viewport above = fitAbove(area, width, height, height - corner.y);
  Viewport left = fit(area, corner.x, height);
  left.width = width;
  left.centre.x += (width - corner.x) / 2 * left.downsample;
  // Neither where the middle of the screen would lie beside the area.
  const bool isAbove = 2 * corner.y > height, isLeft = 2 * corner.x > width;
  if (isAbove && (!isLeft || above.downsample <= left.downsample)) return above;
  return isLeft ? left : whole;
}

double magnificationOf(double downsample, double mpp) {
  return 10 / (downsample * mpp);
}

double downsampleFor(double magnification, double mpp) {
  return 10 / (magnification * mpp);
}

}  // namespace geneglass
