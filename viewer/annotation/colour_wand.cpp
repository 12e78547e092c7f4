// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/colour_wand.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace geneglass {
namespace {

constexpr double kSmoothing = 2;  ///< pixels, standard deviation
constexpr double kSimplified = 0.7;
constexpr double kSmallestHole = 30;  ///< square pixels

cv::Mat bytesOf(const Image& picture) {
  return {picture.height, picture.width, CV_8UC4, const_cast<uint32_t*>(picture.pixels.data())};
}

/// 255 where something is connected with the seed and alike; what was not scanned is a border.
cv::Mat filledAround(const Image& picture, cv::Point seed, double tolerance) {
  const cv::Mat all = bytesOf(picture);
  cv::Mat lab, alpha;
  cv::cvtColor(all, lab, cv::COLOR_BGRA2BGR);
  cv::extractChannel(all, alpha, 3);
  cv::Mat mask(picture.height + 2, picture.width + 2, CV_8UC1, cv::Scalar(1));
  const cv::Rect inside(1, 1, picture.width, picture.height);
  cv::Mat(alpha == 0).copyTo(mask(inside));
  const cv::Scalar most(tolerance, tolerance, tolerance);
  cv::floodFill(lab, mask, seed, {}, nullptr, most, most,
                4 | 2 << 8 | cv::FLOODFILL_MASK_ONLY | cv::FLOODFILL_FIXED_RANGE);
  return mask(inside) == 2;
}

Ring ringOf(const std::vector<cv::Point>& contour, const Image& picture, const Rect& area) {
  std::vector<cv::Point> corners;
  cv::approxPolyDP(contour, corners, kSimplified, true);
  const double across = area.width / picture.width, down = area.height / picture.height;
  Ring ring;
  for (const cv::Point corner : corners)
    ring.push_back({area.x + (corner.x + 0.5) * across, area.y + (corner.y + 0.5) * down});
  return ring;
}

}  // namespace

Image wandPicture(const Image& picture) {
  Image smooth = picture;
  if (picture.pixels.empty()) return smooth;
  cv::Mat lab, bytes = bytesOf(smooth);
  cv::cvtColor(bytes, lab, cv::COLOR_BGRA2BGR);
  cv::GaussianBlur(lab, lab, {}, kSmoothing);
  cv::cvtColor(lab, lab, cv::COLOR_BGR2Lab);
  // L takes red's place, b blue's.
  cv::mixChannels({lab}, {bytes}, {0, 2, 1, 1, 2, 0});
  return smooth;
}

Area alikeAround(const Image& picture, const Rect& area, Point seed, double tolerance) {
  const cv::Point place(static_cast<int>(std::floor((seed.x - area.x) / area.width * picture.width)),
                        static_cast<int>(std::floor((seed.y - area.y) / area.height * picture.height)));
  if (!cv::Rect(0, 0, picture.width, picture.height).contains(place)) return {};
  if (picture.at(place.x, place.y) >> 24 == 0) return {};
  std::vector<std::vector<cv::Point>> contours;
  std::vector<cv::Vec4i> family;  // next, previous, child, parent
  cv::findContours(filledAround(picture, place, tolerance), contours, family, cv::RETR_CCOMP,
                   cv::CHAIN_APPROX_SIMPLE);
  Polygon found;
  for (size_t i = 0; i < contours.size(); ++i) {
    const bool isHole = family[i][3] >= 0;
    if (isHole && cv::contourArea(contours[i]) < kSmallestHole) continue;
    Ring ring = ringOf(contours[i], picture, area);
    if (ring.size() < 3) continue;
    if (isHole)
      found.holes.push_back(std::move(ring));
    else
      found.outer = std::move(ring);  // of one region there is one
  }
  if (found.outer.empty()) return {};
  return {{std::move(found)}};
}

}  // namespace geneglass
