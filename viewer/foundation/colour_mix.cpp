// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/colour_mix.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

constexpr std::array kShifts{16, 8, 0};
constexpr uint32_t kPale = 0xFFE8E8E8, kBoth = 0xFF3B4994;  // of Stevens' bivariate scheme, as kTwoWayColours

double part(uint32_t colour, int shift) {
  return double(colour >> shift & 255) / 255;
}

uint32_t packed(const std::array<double, 3>& light, double alpha) {
  const auto level = [](double value) { return uint32_t(std::lround(255 * std::clamp(value, 0.0, 1.0))); };
  uint32_t colour = level(alpha) << 24;
  for (size_t i = 0; i < 3; ++i) colour |= level(std::min(light[i], alpha)) << kShifts[i];
  return colour;
}

uint32_t twoWay(double first, double second) {
  std::array<double, 3> light{};
  for (size_t i = 0; i < 3; ++i) {
    const double low = std::lerp(part(kPale, kShifts[i]), part(kTwoWayColours[0], kShifts[i]), first);
    const double high = std::lerp(part(kTwoWayColours[1], kShifts[i]), part(kBoth, kShifts[i]), first);
    light[i] = std::lerp(low, high, second);
  }
  return packed(light, 1);
}

}  // namespace

uint32_t mixed(std::span<const double> places, std::span<const uint32_t> colours, ColourMix mix) {
  const auto at = [&](size_t i) { return std::clamp(places[i], 0.0, 1.0); };
  if (mix == ColourMix::TwoWay) return places.size() == 2 ? twoWay(at(0), at(1)) : 0;
  const size_t count = std::min(places.size(), colours.size());
  std::array<double, 3> light{};
  double most = 0;
  for (size_t one = 0; one < count; ++one) {
    const double place = at(one);
    const bool leads = place > most;
    most = std::max(most, place);
    for (size_t i = 0; i < 3; ++i) {
      const double own = place * part(colours[one], kShifts[i]);
      if (mix == ColourMix::Sum)
        light[i] += own;
      else if (leads)
        light[i] = own;
    }
  }
  return packed(light, most);
}

}  // namespace geneglass
