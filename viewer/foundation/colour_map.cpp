// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/colour_map.h"

#include <algorithm>
#include <cmath>

#include "viewer/foundation/pixel.h"
#include "viewer/foundation/srgb_curve.h"

namespace geneglass {
namespace {

/// Every fifth of the 256 published entries, 0xRRGGBB, linear between them: at most one 8-bit step from the
/// published table for viridis and inferno (van der Walt and Smith 2015, CC0), four for cividis (Nunez,
/// Anderton and Renslow 2018).
using Anchors = std::array<uint32_t, 52>;

constexpr Anchors kViridis{0x440154, 0x46085c, 0x471063, 0x481769, 0x481d6f, 0x482475, 0x472a7a, 0x46307e,
                           0x453781, 0x433d84, 0x414287, 0x3f4889, 0x3d4e8a, 0x3a538b, 0x38598c, 0x355e8d,
                           0x33638d, 0x31688e, 0x2e6d8e, 0x2c718e, 0x2a768e, 0x297b8e, 0x27808e, 0x25848e,
                           0x23898e, 0x218e8d, 0x20928c, 0x1f978b, 0x1e9c89, 0x1fa188, 0x21a585, 0x24aa83,
                           0x28ae80, 0x2eb37c, 0x35b779, 0x3dbc74, 0x46c06f, 0x50c46a, 0x5ac864, 0x65cb5e,
                           0x70cf57, 0x7cd250, 0x89d548, 0x95d840, 0xa2da37, 0xb0dd2f, 0xbddf26, 0xcae11f,
                           0xd8e219, 0xe5e419, 0xf1e51d, 0xfde725};

constexpr Anchors kInferno{0x000004, 0x02020c, 0x050417, 0x0a0722, 0x10092d, 0x160b39, 0x1e0c45, 0x260c51,
                           0x2f0a5b, 0x380962, 0x400a67, 0x490b6a, 0x510e6c, 0x59106e, 0x61136e, 0x69166e,
                           0x71196e, 0x781c6d, 0x801f6c, 0x88226a, 0x902568, 0x982766, 0xa02a63, 0xa82e5f,
                           0xb0315b, 0xb73557, 0xbf3952, 0xc63d4d, 0xcc4248, 0xd34743, 0xd94d3d, 0xdf5337,
                           0xe45a31, 0xe9612b, 0xed6925, 0xf1711f, 0xf47918, 0xf78212, 0xf98b0b, 0xfa9407,
                           0xfb9d07, 0xfca60c, 0xfcb014, 0xfbba1f, 0xfac42a, 0xf8cd37, 0xf6d746, 0xf4e156,
                           0xf2ea69, 0xf2f27d, 0xf5f992, 0xfcffa4};

constexpr Anchors kCividis{0x00224e, 0x002656, 0x002a5f, 0x002d68, 0x003070, 0x083370, 0x163770, 0x203a6f,
                           0x273e6e, 0x2e416d, 0x34456c, 0x3a486c, 0x3f4c6c, 0x444f6c, 0x49536c, 0x4e566c,
                           0x535a6d, 0x575d6d, 0x5c616e, 0x60646f, 0x656870, 0x696b71, 0x6d6f72, 0x727274,
                           0x767676, 0x7a7a78, 0x7e7d78, 0x838179, 0x888578, 0x8d8878, 0x928c78, 0x969077,
                           0x9b9476, 0xa09875, 0xa59c74, 0xaaa073, 0xafa471, 0xb5a86f, 0xbaac6d, 0xbfb06b,
                           0xc4b468, 0xc9b965, 0xcfbd62, 0xd4c15f, 0xdac65b, 0xdfca57, 0xe5cf52, 0xead34c,
                           0xf0d846, 0xf6dd3f, 0xfce236, 0xfee838};

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

uint32_t toRgb(const Colour& colour) {
  const auto step = [](double value) {
    return static_cast<uint32_t>(std::lround(std::clamp(value, 0.0, 255.0)));
  };
  return opaque(step(colour.red), step(colour.green), step(colour.blue));
}

Colour between(const Anchors& anchors, double place) {
  const double position = place * static_cast<double>(anchors.size() - 1);
  const size_t index = std::min(static_cast<size_t>(position), anchors.size() - 2);
  const double part = position - static_cast<double>(index);
  const auto channel = [&](int shift) {
    const double low = anchors[index] >> shift & 0xff;
    const double high = anchors[index + 1] >> shift & 0xff;
    return low + (high - low) * part;
  };
  return {channel(16), channel(8), channel(0)};
}

/// Magnitude, saturation and hue of CIELAB in polar form (Moreland 2009, "Diverging Color Maps for Scientific
/// Visualization").
struct Msh {
  double magnitude = 0;
  double saturation = 0;
  double hue = 0;
};

/// The ends of "cool to warm", sRGB (59, 76, 192) and (180, 4, 38), as that paper gives them.
constexpr Msh kCool{80, 1.08, -1.1};
constexpr Msh kWarm{80, 1.08, 0.5};
constexpr double kMiddleMagnitude = 88;

/// Hue moves as an end nears the unsaturated middle, so that saturation changes evenly (section 3.3 there).
double adjustedHue(const Msh& saturated, double magnitude) {
  if (saturated.magnitude >= magnitude) return saturated.hue;
  const double root = std::sqrt(magnitude * magnitude - saturated.magnitude * saturated.magnitude);
  const double spin = saturated.saturation * root / (saturated.magnitude * std::sin(saturated.saturation));
  return saturated.hue > -1.0471975511965976 ? saturated.hue + spin : saturated.hue - spin;
}

Colour toSrgb(const Msh& msh) {
  const double lightness = msh.magnitude * std::cos(msh.saturation);
  const double a = msh.magnitude * std::sin(msh.saturation) * std::cos(msh.hue);
  const double b = msh.magnitude * std::sin(msh.saturation) * std::sin(msh.hue);
  const auto expand = [](double t) { return t > 6.0 / 29 ? t * t * t : (t - 16.0 / 116) / 7.787; };
  const double middle = (lightness + 16) / 116;
  const double x = 0.95047 * expand(middle + a / 500);
  const double y = expand(middle);
  const double z = 1.08883 * expand(middle - b / 200);
  return {255 * srgbCurve(3.2406 * x - 1.5372 * y - 0.4986 * z),
          255 * srgbCurve(-0.9689 * x + 1.8758 * y + 0.0415 * z),
          255 * srgbCurve(0.0557 * x - 0.2040 * y + 1.0570 * z)};
}

Colour coolwarm(double place) {
  const Msh& end = place < 0.5 ? kCool : kWarm;
  const double part = std::abs(2 * place - 1);  // 0 in the middle, 1 at the end
  const double hue = adjustedHue(end, kMiddleMagnitude);
  return toSrgb({kMiddleMagnitude + (end.magnitude - kMiddleMagnitude) * part, end.saturation * part,
                 hue + (end.hue - hue) * part});
}

/// Across the colour circle from eosin's pink, and darker than both stains' paler parts.
constexpr uint32_t kOneHue = opaque(0x00, 0x70, 0x3c);

uint32_t oneHue(double place) {
  const auto channel = [place](int full) { return static_cast<uint32_t>(std::lround(place * full)); };
  return channel(255) << 24 | channel(redOf(kOneHue)) << 16 | channel(greenOf(kOneHue)) << 8 |
         channel(blueOf(kOneHue));
}

}  // namespace

uint32_t colourAt(ColourMap map, double place) {
  const double inside = std::clamp(std::isnan(place) ? 0.0 : place, 0.0, 1.0);
  switch (map) {
    case ColourMap::Viridis:
      return toRgb(between(kViridis, inside));
    case ColourMap::Inferno:
      return toRgb(between(kInferno, inside));
    case ColourMap::Cividis:
      return toRgb(between(kCividis, inside));
    case ColourMap::OneHue:
      return oneHue(inside);
    case ColourMap::Coolwarm:
      break;
  }
  return toRgb(coolwarm(inside));
}

}  // namespace geneglass
