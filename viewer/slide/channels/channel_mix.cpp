// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_mix.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace geneglass {
namespace {

/// A channel's three colours and its range, for the loop over pixels.
struct Light {
  float low;
  float scale;                 ///< to 0..1
  std::array<float, 3> light;  ///< 0..255: red, green, blue
};

Light lightOf(const Channel& channel) {
  const double range = std::max(channel.high - channel.low, double{std::numeric_limits<float>::min()});
  const auto part = [&](int shift) { return static_cast<float>(channel.colour >> shift & 0xff); };
  return {static_cast<float>(channel.low), static_cast<float>(1 / range), {part(16), part(8), part(0)}};
}

/// What is no number is black.
void addLight(const float* values, int count, const Light& light, float* red, float* green, float* blue) {
  for (int x = 0; x < count; ++x) {
    const float share = (values[x] - light.low) * light.scale;
    const float above = share > 0 ? share : 0;
    const float seen = above < 1 ? above : 1;
    red[x] += seen * light.light[0];
    green[x] += seen * light.light[1];
    blue[x] += seen * light.light[2];
  }
}

void clear(const Plane::Loss& loss, Image& image) {
  const int width = std::min(loss.width, image.width - loss.left);
  for (int y = loss.top; y < std::min(loss.top + loss.height, image.height); ++y)
    std::fill_n(&image.at(loss.left, y), std::max(width, 0), 0);
}

}  // namespace

Image mix(std::span<const PlanePtr> planes, std::span<const Channel> channels) {
  if (planes.empty()) return {};
  const int width = planes.front()->width;
  Image image = Image::unset(width, planes.front()->height);
  std::vector<Light> lights;
  for (const Channel& channel : channels) lights.push_back(lightOf(channel));
  std::vector<float> sums(static_cast<size_t>(width) * 3);
  float* red = sums.data();
  float* green = red + width;
  float* blue = green + width;
  for (int y = 0; y < image.height; ++y) {
    std::ranges::fill(sums, 0.5F);
    for (size_t i = 0; i < planes.size(); ++i)
      addLight(planes[i]->row(y), width, lights[i], red, green, blue);
    uint32_t* out = &image.at(0, y);
    const auto byte = [](float sum) {
      return static_cast<uint32_t>(static_cast<int>(sum < 255 ? sum : 255));
    };
    for (int x = 0; x < width; ++x)
      out[x] = 0xff000000u | byte(red[x]) << 16 | byte(green[x]) << 8 | byte(blue[x]);
  }
  for (const PlanePtr& plane : planes)
    for (const Plane::Loss& loss : plane->losses) clear(loss, image);
  return image;
}

}  // namespace geneglass
