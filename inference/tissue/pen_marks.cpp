// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/pen_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "viewer/foundation/pixel.h"

namespace geneglass {
namespace {

constexpr float kBlack = 0.45f;     // density
constexpr int kMedian = 5;          // cells
constexpr int kClosing = 4;         // cells
constexpr double kSmallest = 0.05;  // mm2
constexpr double kMostOfPicture = 1.0 / 3;

std::array<float, 256> densities() {
  std::array<float, 256> all{};
  for (int value = 0; value < 256; ++value)
    all[size_t(value)] = -std::log10(float(std::max(value, 1)) / 255.0f);
  return all;
}

/// 0 in what is smaller than `least` cells.
void dropSmall(cv::Mat& mask, double least) {
  cv::Mat labels, facts, centres;
  cv::connectedComponentsWithStats(mask, labels, facts, centres, 8);
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x) {
      const int label = labels.at<int>(y, x);
      if (label == 0 || facts.at<int>(label, cv::CC_STAT_AREA) < least) mask.at<uint8_t>(y, x) = 0;
    }
}

}  // namespace

std::vector<float> penScores(const Image& thumbnail) {
  static const std::array<float, 256> density = densities();
  std::vector<float> scores(thumbnail.pixels.size());
  std::ranges::transform(thumbnail.pixels, scores.begin(), [](uint32_t pixel) {
    const float red = density[size_t(redOf(pixel))], green = density[size_t(greenOf(pixel))],
                blue = density[size_t(blueOf(pixel))];
    return std::max(red - green, std::min(red, blue) - kBlack);
  });
  return scores;
}

std::vector<uint8_t> findPen(const Image& thumbnail, double micrometresPerCell) {
  std::vector<float> scores = penScores(thumbnail);
  cv::Mat mask = cv::Mat(thumbnail.height, thumbnail.width, CV_32F, scores.data()) > kPenLimit;
  cv::medianBlur(mask, mask, kMedian);  // the median is above the limit where most are
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, cv::Mat::ones(kClosing, kClosing, CV_8U));
  dropSmall(mask, kSmallest * 1e6 / (micrometresPerCell * micrometresPerCell));
  if (cv::countNonZero(mask) > kMostOfPicture * double(mask.total())) mask = 0;
  return {mask.begin<uint8_t>(), mask.end<uint8_t>()};
}

}  // namespace geneglass
