// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/gallery_picture.h"

#include <fmt/format.h>

#include <opencv2/imgproc.hpp>

#include "app/pages/picture_drawing.h"

namespace geneglass {

struct GalleryPicture::Canvas {
  cv::Mat pixels;  ///< B G R
};

namespace {

constexpr int kGap = 8, kMargin = 24, kTitle = 62, kHead = 52, kBetween = 40;
const cv::Scalar kEmpty(240, 238, 236), kBar(178, 114, 0);

int leftOf(size_t bin) {
  return kMargin + int(bin) * (GalleryPicture::kSide + kGap);
}

int topOfOne() {
  return kTitle + kHead;
}

int topOf(size_t place) {
  return topOfOne() + GalleryPicture::kSide + kBetween + int(place) * (GalleryPicture::kSide + kGap);
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
  writeText(pixels, symbol, kMargin, 34, 0.9, kPictureInk, 2);
  writeText(pixels, "tiles of highest attention, by measured expression (" + labelUnit + "), low to high",
            kMargin, 56, 0.45, kPictureSoft);
  writeText(pixels, fmt::format("the {} tiles of highest attention", tiles), kMargin, topOf(0) - 12, 0.45,
            kPictureSoft);
  for (size_t bin = 0; bin < bins; ++bin) {
    cv::rectangle(pixels, placeAt(leftOf(bin), topOfOne()), kEmpty, cv::FILLED);
    for (size_t place = 0; place < tiles; ++place)
      cv::rectangle(pixels, placeAt(leftOf(bin), topOf(place)), kEmpty, cv::FILLED);
  }
}

GalleryPicture::~GalleryPicture() = default;

void GalleryPicture::head(size_t bin, double low, double high, int cases) {
  const int x = leftOf(bin), y = kTitle + 18;
  writeText(m_canvas->pixels, fmt::format("{:.2f} to {:.2f}", low, high), x, y, 0.42, kPictureInk);
  writeText(m_canvas->pixels, fmt::format("{} case{}", cases, cases == 1 ? "" : "s"), x, y + 18, 0.38,
            kPictureSoft);
  const int bar = 3 + int(bin);
  cv::rectangle(m_canvas->pixels, {x, topOfOne() - bar, kSide, bar}, kBar, cv::FILLED);
}

void GalleryPicture::put(size_t bin, size_t place, const Image& tile, double attention) {
  const cv::Mat colours = coloursOf(tile);
  const auto show = [&](int x, int y) {
    colours.copyTo(m_canvas->pixels(placeAt(x, y)));
    const std::string text = fmt::format("{:.1f}", attention);
    cv::rectangle(m_canvas->pixels, cv::Rect(x + kSide - 38, y + kSide - 18, 38, 18), {255, 255, 255},
                  cv::FILLED);
    writeText(m_canvas->pixels, text, x + kSide - 34, y + kSide - 5, 0.38, kPictureInk);
  };
  if (place == 0) show(leftOf(bin), topOfOne());
  show(leftOf(bin), topOf(place));
}

Result<void> GalleryPicture::save(const std::filesystem::path& file) const {
  return savePng(m_canvas->pixels, file);
}

}  // namespace geneglass
