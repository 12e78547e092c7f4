// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/jpeg2000_head.h"

#include <fmt/format.h>

#include <algorithm>

namespace geneglass {
namespace {

constexpr std::array<uint8_t, 4> kBegin{0xff, 0x4f, 0xff, 0x51};

// What OpenJPEG 2.5 takes at once.
constexpr int64_t kBytesATile = 6144, kBytesAComponent = 1152;
constexpr int64_t kMostBytes = 64 << 20;

int64_t numberAt(std::span<const uint8_t> bytes, size_t at, size_t width) {
  int64_t value = 0;
  for (size_t i = 0; i < width; ++i) value = value << 8 | bytes[at + i];
  return value;
}

}  // namespace

std::optional<Jpeg2000Head> readJpeg2000Head(std::span<const uint8_t> begin) {
  if (begin.size() < Jpeg2000Head::kBytes || !std::equal(kBegin.begin(), kBegin.end(), begin.begin()))
    return {};
  const auto number = [&](size_t at) { return numberAt(begin, at, 4); };
  const int64_t right = number(8), bottom = number(12), left = number(16), top = number(20);
  const int64_t tileWidth = number(24), tileHeight = number(28), tileLeft = number(32), tileTop = number(36);
  if (left >= right || top >= bottom || tileWidth == 0 || tileHeight == 0 || tileLeft > left || tileTop > top)
    return {};
  const int64_t columns = (right - tileLeft + tileWidth - 1) / tileWidth;
  const int64_t rows = (bottom - tileTop + tileHeight - 1) / tileHeight;
  const auto components = static_cast<int>(numberAt(begin, 40, 2));
  return Jpeg2000Head{right - left, bottom - top, columns * rows, components};
}

std::string Jpeg2000Head::refusal() const {
  const int64_t most = kMostBytes / (kBytesATile + components * kBytesAComponent);
  if (tiles <= most) return {};
  return fmt::format("it is a JPEG 2000 cut into {} tiles of {} components, and no more than {} are read",
                     tiles, components, most);
}

}  // namespace geneglass
