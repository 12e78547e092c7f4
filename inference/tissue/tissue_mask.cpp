// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/tissue_mask.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <tuple>

#include "inference/tissue/pen_marks.h"
#include "inference/tissue/thumbnail.h"

namespace geneglass {
namespace {

constexpr int kGlass = 13;       // saturation: white glass and its JPEG noise stay below
constexpr int kPaleTissue = 22;  // saturation of pale stroma and mucin, mixed with the white between
constexpr int kDarkest = 50;     // mean of R, G, B; below there is pen, dirt or the dark of fluorescence
constexpr int kInk = 16;         // green above red by more is blue or green ink; stained tissue is redder

/// Saturation 0..255; 0 where the colour cannot be that of stained tissue.
cv::Mat saturationOf(const Image& thumbnail) {
  cv::Mat saturation(thumbnail.height, thumbnail.width, CV_8U);
  for (int y = 0; y < thumbnail.height; ++y)
    for (int x = 0; x < thumbnail.width; ++x) {
      const uint32_t pixel = thumbnail.at(x, y);
      const int red = redOf(pixel), green = greenOf(pixel), blue = blueOf(pixel);
      const int most = std::max({red, green, blue}), least = std::min({red, green, blue});
      const bool stained = red + green + blue >= 3 * kDarkest && green <= red + kInk;
      saturation.at<uint8_t>(y, x) = static_cast<uint8_t>(stained ? 255 * (most - least) / most : 0);
    }
  return saturation;
}

/// Otsu's threshold always finds two classes, so it is bounded where they are not glass and tissue. Without
/// glass, and where dark epithelium outweighs all, it would split tissue from tissue: it is at most that of
/// pale tissue. Without tissue it would split noise: it is at least that of glass.
double tissueThreshold(const cv::Mat& saturation) {
  cv::Mat unused;
  const double threshold = cv::threshold(saturation, unused, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  return std::clamp<double>(threshold, kGlass, kPaleTissue);
}

/// Sets connected regions of `value` that are smaller than `minimum` cells to the other value.
void removeSmall(cv::Mat& mask, uint8_t value, double minimum, int connectivity) {
  cv::Mat labels, facts, centres;
  const int count = cv::connectedComponentsWithStats(mask == value, labels, facts, centres, connectivity);
  std::vector<uint8_t> small(static_cast<size_t>(count), 0);
  for (int i = 1; i < count; ++i)
    small[static_cast<size_t>(i)] = facts.at<int>(i, cv::CC_STAT_AREA) < minimum;
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      if (small[static_cast<size_t>(labels.at<int>(y, x))])
        mask.at<uint8_t>(y, x) = static_cast<uint8_t>(255 - value);
}

cv::Mat maskOf(const Image& thumbnail, const TissueRule& rule) {
  cv::Mat saturation = saturationOf(thumbnail);
  cv::medianBlur(saturation, saturation, rule.medianSize);
  cv::Mat mask = saturation > tissueThreshold(saturation);
  const cv::Mat square = cv::Mat::ones(rule.closingSize, rule.closingSize, CV_8U);
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, square);
  const double cellsPerMm2 = 1e6 / (rule.micrometresPerCell * rule.micrometresPerCell);
  removeSmall(mask, 255, rule.minimumTissueArea * cellsPerMm2, 8);
  removeSmall(mask, 0, rule.minimumHoleArea * cellsPerMm2, 4);
  return mask;
}

TissueMask fromMat(const cv::Mat& mask, const Image& thumbnail, double step) {
  TissueMask tissue;
  tissue.columns = mask.cols;
  tissue.rows = mask.rows;
  tissue.step = step;
  tissue.cells.assign(mask.begin<uint8_t>(), mask.end<uint8_t>());
  double sum = 0, count = 0;
  for (size_t i = 0; i < tissue.cells.size(); ++i) {
    if (tissue.cells[i] == 0) continue;
    const uint32_t pixel = thumbnail.pixels[i];
    sum += (redOf(pixel) + greenOf(pixel) + blueOf(pixel)) / 3.0;
    ++count;
  }
  tissue.areaPixels = count * step * step;
  tissue.meanBrightness = count > 0 ? sum / count : 0;
  return tissue;
}

/// Marks the pen and takes it off the tissue.
void takePenOff(const Image& thumbnail, double micrometresPerCell, cv::Mat& mask, std::vector<uint8_t>& pen) {
  pen = findPen(thumbnail, micrometresPerCell);
  if (std::ranges::all_of(pen, [](uint8_t cell) { return cell == 0; })) pen.clear();
  for (size_t i = 0; i < pen.size(); ++i)
    if (pen[i] != 0) mask.at<uint8_t>(int(i) / mask.cols, int(i) % mask.cols) = 0;
}

/// The part of `area` whose cells are not 0.
double shareIn(const TissueMask& mask, const std::vector<uint8_t>& cells, const Rect& area) {
  const auto& [columns, rows, step] = std::tie(mask.columns, mask.rows, mask.step);
  if (area.isEmpty() || cells.empty()) return 0;
  const auto cellAt = [step = step](double position, int count) {
    return static_cast<int>(std::clamp(std::floor(position / step), 0.0, double(count - 1)));
  };
  double covered = 0;
  for (int row = cellAt(area.y, rows); row <= cellAt(area.bottom(), rows); ++row) {
    const double height = std::min(area.bottom(), (row + 1) * step) - std::max(area.y, row * step);
    if (height <= 0) continue;
    for (int column = cellAt(area.x, columns); column <= cellAt(area.right(), columns); ++column) {
      if (cells[static_cast<size_t>(row) * static_cast<size_t>(columns) + static_cast<size_t>(column)] == 0)
        continue;
      const double width = std::min(area.right(), (column + 1) * step) - std::max(area.x, column * step);
      if (width > 0) covered += width * height;
    }
  }
  return std::min(1.0, covered / (area.width * area.height));
}

}  // namespace

double TissueMask::fractionIn(const Rect& area) const {
  return shareIn(*this, cells, area);
}

double TissueMask::penIn(const Rect& area) const {
  return shareIn(*this, pen, area);
}

Result<TissueMask> findTissue(const OpenedSlide& opened, const TissueRule& rule, int threads,
                              std::stop_token stop, EyeFirst* eyeFirst) {
  const Slide& slide = *opened.slide;
  if (auto unfit = unfitForModels(slide)) return tl::unexpected(*unfit);
  const double step = rule.micrometresPerCell / slide.mpp->mean();
  const Result<Image> thumbnail = readThumbnail(opened, step, threads, stop, eyeFirst);
  if (!thumbnail) return tl::unexpected(thumbnail.error());
  cv::Mat mask = maskOf(*thumbnail, rule);
  std::vector<uint8_t> pen;
  takePenOff(*thumbnail, rule.micrometresPerCell, mask, pen);
  TissueMask tissue = fromMat(mask, *thumbnail, step);
  tissue.penPixels = double(pen.size() - size_t(std::ranges::count(pen, 0))) * step * step;
  tissue.pen = std::move(pen);
  return tissue;
}

}  // namespace geneglass
