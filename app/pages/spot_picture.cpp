// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/spot_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "app/pages/picture_drawing.h"
#include "inference/tissue/thumbnail.h"
#include "viewer/foundation/colour_map.h"
#include "viewer/foundation/round_length.h"

namespace geneglass {
namespace {

constexpr int kPanel = 720;  ///< pixels of a panel's longer side
constexpr int kEdge = 24, kHeading = 116, kScale = 84, kLine = 20;
constexpr double kReach = 2.5;        ///< standard deviations at the ends of the colour scale
constexpr double kMostPixels = 16e6;  ///< of the whole slide as it is read
constexpr double kSmall = 0.45, kNote = 0.4;

/// Where the spots are, with a margin of their pitch, within the slide.
Rect areaOf(const Prediction& prediction, const SpotComparison& comparison) {
  const double width = double(prediction.slideSize.width), height = double(prediction.slideSize.height);
  double left = width, top = height, right = 0, bottom = 0;
  for (const Point& centre : comparison.centres) {
    left = std::min(left, centre.x - comparison.pitch);
    top = std::min(top, centre.y - comparison.pitch);
    right = std::max(right, centre.x + comparison.pitch);
    bottom = std::max(bottom, centre.y + comparison.pitch);
  }
  left = std::max(left, 0.0), top = std::max(top, 0.0);
  return {left, top, std::min(right, width) - left, std::min(bottom, height) - top};
}

/// The area of the slide in a panel's size, paled so that the spots stand out.
Result<cv::Mat> readPanel(const OpenedSlide& opened, const Rect& area, cv::Size size, std::stop_token stop) {
  const Size whole = opened.slide->size();
  const double step = std::max(
      {1.0, area.width / size.width, std::sqrt(double(whole.width) * double(whole.height) / kMostPixels)});
  const Result<Image> thumbnail = readThumbnail(opened, step, 0, stop);
  if (!thumbnail) return tl::unexpected(thumbnail.error());
  const cv::Mat colours = coloursOf(*thumbnail);
  const cv::Rect part = cv::Rect(int(area.x / step), int(area.y / step), int(std::ceil(area.width / step)),
                                 int(std::ceil(area.height / step))) &
                        cv::Rect(0, 0, colours.cols, colours.rows);
  cv::Mat panel;
  cv::resize(colours(part), panel, size, 0, 0, cv::INTER_AREA);
  cv::Mat(panel * 0.55 + cv::Scalar::all(255 * 0.45)).copyTo(panel);
  return panel;
}

cv::Scalar colourOf(double standardDeviations) {
  const uint32_t colour = colourAt(ColourMap::Viridis, (standardDeviations + kReach) / (2 * kReach));
  return {double(blueOf(colour)), double(greenOf(colour)), double(redOf(colour))};
}

/// Each spot in its colour, at its place and of its size.
void paintSpots(cv::Mat& panel, const Rect& area, const SpotComparison& comparison, const Matrix& values,
                size_t gene) {
  double sum = 0, squares = 0;
  for (size_t spot = 0; spot < values.rows; ++spot) sum += double(values.at(spot, gene));
  const double mean = sum / double(values.rows);
  for (size_t spot = 0; spot < values.rows; ++spot)
    squares += std::pow(double(values.at(spot, gene)) - mean, 2);
  const double deviation = std::sqrt(squares / double(values.rows));
  constexpr int kShift = 4, kPart = 1 << kShift;  // OpenCV's sixteenths of a pixel
  const double pixels = panel.cols / area.width;
  const int radius = int(std::lround(std::max(2.0, comparison.diameter / 2 * pixels) * kPart));
  for (size_t spot = 0; spot < values.rows; ++spot) {
    const cv::Point place(int(std::lround((comparison.centres[spot].x - area.x) * pixels * kPart)),
                          int(std::lround((comparison.centres[spot].y - area.y) * pixels * kPart)));
    const double value = deviation > 0 ? (double(values.at(spot, gene)) - mean) / deviation : 0;
    cv::circle(panel, place, radius, colourOf(value), cv::FILLED, cv::LINE_AA, kShift);
  }
}

void paintScaleBar(cv::Mat& pixels, int x, int y, double micrometresPerPixel, int width) {
  const double length = roundLengthWithin(width / 4.0 * micrometresPerPixel);
  const int end = x + int(std::lround(length / micrometresPerPixel));
  cv::line(pixels, {x, y}, {end, y}, kPictureInk, 2);
  for (const int edge : {x, end}) cv::line(pixels, {edge, y - 5}, {edge, y + 5}, kPictureInk, 2);
  const std::string text =
      length < 1000 ? fmt::format("{:g} um", length) : fmt::format("{:g} mm", length / 1000);
  writeText(pixels, text, x, y + 24, kSmall, kPictureInk);
}

void paintColours(cv::Mat& pixels, int x, int y, int width) {
  for (int i = 0; i < width; ++i)
    cv::line(pixels, {x + i, y - 8}, {x + i, y + 7}, colourOf((2.0 * i / (width - 1) - 1) * kReach));
  for (const double value : {-kReach, 0.0, kReach})
    writeText(pixels, value == 0 ? "0" : fmt::format("{:+g}", value),
              x - 14 + int((value / kReach + 1) / 2 * width), y + 26, kNote, kPictureInk);
  writeText(pixels, "standard deviations from the mean of these spots", x + width + 28, y + 5, kNote,
            kPictureSoft);
}

std::string figure(const char* name, double r, const Interval& interval) {
  if (std::isnan(r)) return fmt::format("{} not defined", name);
  if (std::isnan(interval.low)) return fmt::format("{} {:.2f} [no interval]", name, r);
  return fmt::format("{} {:.2f} [{:.2f}, {:.2f}]", name, r, interval.low, interval.high);
}

void paintTitle(cv::Mat& pixels, const Prediction& prediction, const SpotComparison& comparison,
                const SpotScore& score) {
  const GenePrediction& gene = score.gene;
  writeText(pixels, gene.symbol, kEdge, 36, 0.9, kPictureInk, 2);
  const std::string agreement = fmt::format(
      "{}   {}   (95 % intervals, {} of {} spots)", figure("Pearson r", score.pearson, score.pearsonInterval),
      figure("Spearman", score.spearman, score.spearmanInterval), comparison.compared(), comparison.measured);
  writeText(pixels, agreement, kEdge, 62, 0.5, kPictureInk);
  writeText(pixels,
            fmt::format("held out in training: {}, {}", figure("r", gene.heldOutR, {gene.ciLow, gene.ciHigh}),
                        gene.wellPredicted ? "well predicted" : "not well predicted"),
            kEdge, 82, kSmall, kPictureSoft);
  const std::string slide = std::filesystem::path(prediction.slideFile).filename().string();
  writeText(pixels, fmt::format("measured on {}: log of normalised counts", slide), kEdge, kHeading - 8,
            kSmall, kPictureInk);
}

}  // namespace

Result<void> drawSpots(const OpenedSlide& opened, const Prediction& prediction,
                       const SpotComparison& comparison, size_t gene, const std::filesystem::path& file,
                       std::stop_token stop) {
  const Rect area = areaOf(prediction, comparison);
  const double pixelsPer = kPanel / std::max(area.width, area.height);
  const cv::Size size(std::max(360, int(area.width * pixelsPer)), std::max(1, int(area.height * pixelsPer)));
  const Result<cv::Mat> tissue = readPanel(opened, area, size, stop);
  if (!tissue) return tl::unexpected(tissue.error());

  const int width = 2 * size.width + 3 * kEdge, below = kHeading + size.height;
  const std::vector<std::string> notes =
      wrapText(fmt::format("{} {}: {}. For research use only.", prediction.modelName, prediction.modelVersion,
                           prediction.modelStatement),
               kNote, width - 2 * kEdge);
  cv::Mat pixels(below + kScale + kLine * int(notes.size()), width, CV_8UC3, cv::Scalar::all(255));
  paintTitle(pixels, prediction, comparison, comparison.scores[gene]);
  writeText(pixels, "predicted: mean of the expression map over each spot", 2 * kEdge + size.width,
            kHeading - 8, kSmall, kPictureInk);
  for (const bool measured : {true, false}) {
    cv::Mat panel = tissue->clone();
    paintSpots(panel, area, comparison, measured ? comparison.measuredValues : comparison.predictedValues,
               gene);
    panel.copyTo(pixels(cv::Rect({measured ? kEdge : 2 * kEdge + size.width, kHeading}, size)));
  }
  paintScaleBar(pixels, kEdge, below + 24, prediction.mpp * area.width / size.width, size.width);
  paintColours(pixels, 2 * kEdge + size.width, below + 24, std::min(260, size.width / 2));
  for (size_t i = 0; i < notes.size(); ++i)
    writeText(pixels, notes[i], kEdge, below + kScale - 6 + kLine * int(i), kNote, kPictureSoft);
  return savePng(pixels, file);
}

}  // namespace geneglass
