// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/gallery_picture.h"

#include <fmt/format.h>
#include <png.h>

#include <opencv2/imgproc.hpp>

namespace geneglass {

struct GalleryPicture::Canvas {
  cv::Mat pixels;  ///< B G R
};

namespace {

constexpr int kGap = 8, kMargin = 24, kTitle = 62, kHead = 52, kBetween = 40;
const cv::Scalar kInk(48, 40, 32), kSoft(128, 118, 108), kEmpty(240, 238, 236), kBlue(178, 114, 0);

int leftOf(size_t bin) {
  return kMargin + int(bin) * (GalleryPicture::kSide + kGap);
}

int topOfOne() {
  return kTitle + kHead;
}

int topOf(size_t place) {
  return topOfOne() + GalleryPicture::kSide + kBetween + int(place) * (GalleryPicture::kSide + kGap);
}

void write(cv::Mat& pixels, const std::string& text, int x, int y, double size, const cv::Scalar& colour,
           int weight = 1) {
  cv::putText(pixels, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, size, colour, weight, cv::LINE_AA);
}

cv::Rect placeAt(int x, int y) {
  return {x, y, GalleryPicture::kSide, GalleryPicture::kSide};
}

}  // namespace

GalleryPicture::GalleryPicture(const std::string& symbol, const std::string& labelUnit, size_t bins,
                               size_t tiles)
    : m_canvas(std::make_unique<Canvas>()) {
  const int width = leftOf(bins) - kGap + kMargin, height = topOf(tiles) - kGap + kMargin;
  cv::Mat& pixels = m_canvas->pixels;
  pixels = cv::Mat(height, width, CV_8UC3, cv::Scalar(255, 255, 255));
  write(pixels, symbol, kMargin, 34, 0.9, kInk, 2);
  write(pixels, "tiles of highest attention, by measured expression (" + labelUnit + "), low to high",
        kMargin, 56, 0.45, kSoft);
  write(pixels, fmt::format("the {} tiles of highest attention", tiles), kMargin, topOf(0) - 12, 0.45, kSoft);
  for (size_t bin = 0; bin < bins; ++bin) {
    cv::rectangle(pixels, placeAt(leftOf(bin), topOfOne()), kEmpty, cv::FILLED);
    for (size_t place = 0; place < tiles; ++place)
      cv::rectangle(pixels, placeAt(leftOf(bin), topOf(place)), kEmpty, cv::FILLED);
  }
}

GalleryPicture::~GalleryPicture() = default;

void GalleryPicture::head(size_t bin, double low, double high, int cases) {
  const int x = leftOf(bin), y = kTitle + 18;
  write(m_canvas->pixels, fmt::format("{:.2f} to {:.2f}", low, high), x, y, 0.42, kInk);
  write(m_canvas->pixels, fmt::format("{} case{}", cases, cases == 1 ? "" : "s"), x, y + 18, 0.38, kSoft);
  const int bar = 3 + int(bin);
  cv::rectangle(m_canvas->pixels, {x, topOfOne() - bar, kSide, bar}, kBlue, cv::FILLED);
}

void GalleryPicture::put(size_t bin, size_t place, const Image& tile, double attention) {
  const cv::Mat from(tile.height, tile.width, CV_8UC4, const_cast<uint32_t*>(tile.pixels.data()));
  cv::Mat colours;
  cv::cvtColor(from, colours, cv::COLOR_BGRA2BGR);
  const auto show = [&](int x, int y) {
    colours.copyTo(m_canvas->pixels(placeAt(x, y)));
    const std::string text = fmt::format("{:.1f}", attention);
    cv::rectangle(m_canvas->pixels, cv::Rect(x + kSide - 38, y + kSide - 18, 38, 18), {255, 255, 255},
                  cv::FILLED);
    write(m_canvas->pixels, text, x + kSide - 34, y + kSide - 5, 0.38, kInk);
  };
  if (place == 0) show(leftOf(bin), topOfOne());
  show(leftOf(bin), topOf(place));
}

Result<void> GalleryPicture::save(const std::filesystem::path& file) const {
  const cv::Mat& pixels = m_canvas->pixels;
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
