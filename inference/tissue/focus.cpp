// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/focus.h"

#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace geneglass {
namespace {

constexpr double kCoarsestPixel = 1.1;  // um
constexpr double kSmallestTile = 64;    // um
constexpr double kNoEnergy = 1e-12;
constexpr int kGreen = 1;  // of B G R A

/// Of each value of a channel.
const cv::Mat& densityTable() {
  static const cv::Mat all = [] {
    cv::Mat table(1, 256, CV_32F);
    for (int value = 0; value < 256; ++value) table.at<float>(value) = -std::log10(float(value + 1) / 256);
    return table;
  }();
  return all;
}

/// At about 1 um a pixel.
cv::Mat densityOf(const Image& tile, double mpp) {
  const cv::Mat pixels(tile.height, tile.width, CV_8UC4,
                       const_cast<uint32_t*>(tile.pixels.data()));  // NOLINT: it is only read
  cv::Mat light, density;
  cv::extractChannel(pixels, light, kGreen);
  if (mpp < 1)
    cv::resize(light, light, {int(tile.width * mpp), int(tile.height * mpp)}, 0, 0, cv::INTER_AREA);
  cv::LUT(light, densityTable(), density);
  return density;
}

cv::Mat halved(const cv::Mat& density) {
  const cv::Mat even = density(cv::Rect(0, 0, density.cols / 2 * 2, density.rows / 2 * 2));
  cv::Mat half;
  cv::resize(even, half, {density.cols / 2, density.rows / 2}, 0, 0, cv::INTER_AREA);
  return half;
}

double energyOf(const cv::Mat& density) {
  cv::Mat second;
  cv::Laplacian(density, second, CV_32F);
  const cv::Mat inner = second(cv::Rect(1, 1, second.cols - 2, second.rows - 2));
  return cv::norm(inner, cv::NORM_L2SQR) / double(inner.total()) + kNoEnergy;
}

}  // namespace

bool canJudgeFocus(const Slide& slide, int tilePixels, double modelMpp) {
  return slide.mpp && slide.mpp->mean() <= kCoarsestPixel && modelMpp <= kCoarsestPixel &&
         tilePixels * modelMpp >= kSmallestTile;
}

Focus focusOf(const Image& tile, double mpp) {
  cv::Mat density = densityOf(tile, mpp);
  std::array<double, 3> energy{};  // at 2, 4 and 8 um a pixel
  for (double& octave : energy) {
    density = halved(density);
    octave = energyOf(density);
  }
  return {std::log(energy[0] / energy[1]), std::log(energy[1] / energy[2])};
}

}  // namespace geneglass
