// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/image.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// Rows that could not be read among those around them, which could.
struct LostRows {
  int first = 0;
  int count = 0;
};

/// What came of a wish for rows.
struct RowsRead {
  int count = 0;               ///< filled, from the first on
  std::string reason = {};     ///< why they are fewer than were wished for: the rest is lost; or why some of
                               ///< them are lost
  std::vector<LostRows> lost;  ///< among those filled, in order: whatever they hold
};

/// Rows from top to bottom.
struct RowSource {
  /// Fills `rows`, as wide as the picture, with those that follow the last ones. Holds some of the picture's
  /// rows in memory, never all of one of more than kMostPixelsInMemory. One thread at a time; may throw.
  std::function<RowsRead(Image& rows)> next;
  /// Sends who waits for `next` away, now and later. Any thread. Null where `next` soon comes to an end.
  std::function<void()> stop = {};
};

/// A plain picture that is open: what it says of itself, and its rows.
struct PlainPicture {
  std::string kind;  ///< "png", "jpeg", ...: Slide::vendor
  Size size;         ///< pixels
  std::optional<Mpp> mpp;
  std::vector<uint8_t> colourProfile;  ///< ICC, of its RGB; empty where there is none
  RowSource rows;
};

constexpr int64_t kMostPixelsInMemory = int64_t{1} << 26;

/// Nothing where the file is not of the format; an Error, with the file's name, where it is one that is not
/// read. Blocks on the disk.
using OpenPicture = Result<std::optional<PlainPicture>> (*)(const FileHead& head);

Result<std::optional<PlainPicture>> openPng(const FileHead& head);
Result<std::optional<PlainPicture>> openJpeg(const FileHead& head);
Result<std::optional<PlainPicture>> openJpeg2000(const FileHead& head);
Result<std::optional<PlainPicture>> openWebp(const FileHead& head);
/// In strips or in tiles, of up to 8 bits a sample.
Result<std::optional<PlainPicture>> openTiffPicture(const FileHead& head);
/// The first of these that takes it.
Result<std::optional<PlainPicture>> openPicture(const FileHead& head);

/// Micrometres per pixel out of pixels per metre, where that is plausible for a microscope.
std::optional<Mpp> mppOfDensity(double perMetreX, double perMetreY);

/// One pixel from colours that are not multiplied by their alpha.
inline uint32_t premultiplied(uint32_t red, uint32_t green, uint32_t blue, uint32_t alpha) {
  const auto times = [alpha](uint32_t colour) { return (colour * alpha + 127) / 255; };
  return alpha << 24 | times(red) << 16 | times(green) << 8 | times(blue);
}

}  // namespace geneglass
