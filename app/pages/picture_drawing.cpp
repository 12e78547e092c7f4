// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/picture_drawing.h"

#include <fmt/format.h>
#include <png.h>

#include <opencv2/imgproc.hpp>
#include <sstream>

namespace geneglass {
namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;

}  // namespace

void writeText(cv::Mat& pixels, const std::string& text, int x, int y, double size, const cv::Scalar& colour,
               int weight) {
  cv::putText(pixels, text, {x, y}, kFont, size, colour, weight, cv::LINE_AA);
}

std::vector<std::string> wrapText(const std::string& text, double size, int width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = lines.empty() ? word : lines.back() + " " + word;
    if (lines.empty())
      lines.push_back(word);
    else if (cv::getTextSize(longer, kFont, size, 1, nullptr).width <= width)
      lines.back() = longer;
    else
      lines.push_back(word);
  }
  return lines;
}

cv::Mat coloursOf(const Image& image) {
  const cv::Mat from(image.height, image.width, CV_8UC4, const_cast<uint32_t*>(image.pixels.data()));
  cv::Mat colours;
  cv::cvtColor(from, colours, cv::COLOR_BGRA2BGR);
  return colours;
}

Result<void> savePng(const cv::Mat& pixels, const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = png_uint_32(pixels.cols);
  image.height = png_uint_32(pixels.rows);
  image.format = PNG_FORMAT_BGR;
  if (png_image_write_to_file(&image, file.c_str(), 0, pixels.data, png_int_32(pixels.step), nullptr) == 0)
    return fail(fmt::format("Cannot write '{}': {}.", file.string(), image.message));
  return {};
}

}  // namespace geneglass
