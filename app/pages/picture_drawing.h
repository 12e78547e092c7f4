// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files of this folder only: OpenCV stays inside.
#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Colours of text, B G R.
inline const cv::Scalar kPictureInk(48, 40, 32), kPictureSoft(128, 118, 108);

/// Text whose baseline begins at (x, y); `size` 1 is about 22 pixels high. ASCII only.
void writeText(cv::Mat& pixels, const std::string& text, int x, int y, double size, const cv::Scalar& colour,
               int weight = 1);

/// The words in lines of at most `width` pixels at that size; a longer word has a line of its own.
std::vector<std::string> wrapText(const std::string& text, double size, int width);

/// The image without its alpha, 8 bits, B G R.
cv::Mat coloursOf(const Image& image);

/// 8 bits, B G R. Errors name the file.
Result<void> savePng(const cv::Mat& pixels, const std::filesystem::path& file);

}  // namespace geneglass
