// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/contrast_views.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "inference/learning/stain_augmentation.h"

namespace geneglass {
namespace {

struct Crop {
  double x = 0, y = 0, width = 0, height = 0;  ///< pixels of the tile
};

double uniform(std::mt19937_64& random, double least, double most) {
  return std::uniform_real_distribution<double>(least, most)(random);
}

/// torchvision's RandomResizedCrop.
Crop drawCrop(const ViewRecipe& recipe, int side, std::mt19937_64& random) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    const double area = uniform(random, recipe.leastArea, recipe.mostArea) * side * side;
    const double aspect = std::exp(uniform(random, std::log(0.75), std::log(4.0 / 3)));
    const double width = std::round(std::sqrt(area * aspect)), height = std::round(std::sqrt(area / aspect));
    if (width < 1 || height < 1 || width > side || height > side) continue;
    return {std::floor(uniform(random, 0, side - width + 1)),
            std::floor(uniform(random, 0, side - height + 1)), width, height};
  }
  return {0, 0, double(side), double(side)};
}

/// For each place out of `count`, which places of `from` .. `from + length` it is made of: a triangle as wide
/// as what it shrinks (Pillow's bilinear).
struct Resampling {
  std::vector<int> first;
  std::vector<std::vector<float>> weights;
};

Resampling resampling(double from, double length, int count, int limit, bool reversed) {
  Resampling all;
  const double step = length / count, reach = std::max(1.0, step);
  for (int i = 0; i < count; ++i) {
    const double centre = from + ((reversed ? count - 1 - i : i) + 0.5) * step;
    const int begin = std::max({0, int(from), int(centre - reach)});
    const int end = std::min({limit, int(from + length), int(std::ceil(centre + reach))});
    std::vector<float> weights;
    double sum = 0;
    for (int at = begin; at < end; ++at) {
      weights.push_back(float(std::max(0.0, 1 - std::abs(at + 0.5 - centre) / reach)));
      sum += weights.back();
    }
    for (float& weight : weights) weight = float(weight / sum);
    all.first.push_back(begin);
    all.weights.push_back(std::move(weights));
  }
  return all;
}

/// The crop as `out` x `out` RGB bytes.
std::vector<uint8_t> resized(std::span<const uint8_t> tile, int side, const Crop& crop, int out,
                             bool flipped) {
  const Resampling across = resampling(crop.x, crop.width, out, side, flipped);
  const Resampling down = resampling(crop.y, crop.height, out, side, false);
  const int top = int(crop.y), bottom = std::min(side, int(crop.y + crop.height));
  const size_t row = size_t(out) * 3;
  std::vector<float> narrow(size_t(bottom - top) * row);
  for (int y = top; y < bottom; ++y)
    for (int x = 0; x < out; ++x) {
      float sums[3] = {};
      const uint8_t* pixel = &tile[(size_t(y) * size_t(side) + size_t(across.first[size_t(x)])) * 3];
      for (const float weight : across.weights[size_t(x)])
        for (float& sum : sums) sum += weight * float(*pixel++);
      std::copy_n(sums, 3, &narrow[size_t(y - top) * row + size_t(x) * 3]);
    }
  std::vector<uint8_t> bytes(row * size_t(out));
  std::vector<float> sums(row);
  for (int y = 0; y < out; ++y) {
    std::fill(sums.begin(), sums.end(), 0.5f);
    const float* line = &narrow[size_t(down.first[size_t(y)] - top) * row];
    for (const float weight : down.weights[size_t(y)]) {
      for (size_t i = 0; i < row; ++i) sums[i] += weight * line[i];
      line += row;
    }
    for (size_t i = 0; i < row; ++i) bytes[size_t(y) * row + i] = uint8_t(sums[i]);
  }
  return bytes;
}

/// Three planes of values 0..1.
class Planes final {
 public:
  Planes(std::span<float> values, int side) : m_side(side), m_plane(size_t(side) * size_t(side)) {
    for (size_t c = 0; c < 3; ++c) m_channels[c] = values.subspan(c * m_plane, m_plane);
  }
  std::span<float> operator[](size_t channel) const { return m_channels[channel]; }

  /// value = clamp(factor value + (1 - factor) other), `other` a number.
  void blend(double factor, double other) const {
    const float a = float(factor), b = float((1 - factor) * other);
    for (const std::span<float> channel : m_channels)
      for (float& value : channel) value = std::clamp(a * value + b, 0.0f, 1.0f);
  }
  void saturate(double factor) const {
    const float a = float(factor), rest = float(1 - factor);
    for (size_t i = 0; i < m_plane; ++i) {
      const float b = rest * brightness(i);
      for (const std::span<float> channel : m_channels)
        channel[i] = std::clamp(a * channel[i] + b, 0.0f, 1.0f);
    }
  }
  double meanBrightness() const {
    double sum = 0;
    for (size_t i = 0; i < m_plane; ++i) sum += brightness(i);
    return sum / double(m_plane);
  }
  void turnHue(double turns) const;
  void blur(double sigma) const;
  void normalise(std::span<const float> mean, std::span<const float> deviation) const {
    for (size_t c = 0; c < 3; ++c)
      for (float& value : m_channels[c]) value = (value - mean[c]) / deviation[c];
  }

 private:
  float brightness(size_t i) const {
    return 0.299f * m_channels[0][i] + 0.587f * m_channels[1][i] + 0.114f * m_channels[2][i];
  }
  int m_side;
  size_t m_plane;
  std::array<std::span<float>, 3> m_channels;
};

/// In HSV, value and saturation kept.
void Planes::turnHue(double turns) const {
  const float by = float(6 * turns) + 6;
  for (size_t i = 0; i < m_plane; ++i) {
    const float r = m_channels[0][i], g = m_channels[1][i], b = m_channels[2][i];
    const float most = std::max({r, g, b}), span = most - std::min({r, g, b});
    if (span <= 0) continue;
    float hue = most == r ? (g - b) / span : most == g ? (b - r) / span + 2 : (r - g) / span + 4;
    hue += by;
    for (size_t c = 0; c < 3; ++c) {  // of red the hue 5, of green 3, of blue 1 brings least
      float away = hue + float(5 - 2 * int(c));
      away -= 6 * std::floor(away / 6);
      m_channels[c][i] = most - span * std::clamp(std::min(away, 4 - away), 0.0f, 1.0f);
    }
  }
}

/// A Gaussian, cut at 2.5 sigma; the edge repeats.
void Planes::blur(double sigma) const {
  const int reach = std::max(1, int(std::ceil(2.5 * sigma)));
  std::vector<float> kernel;
  for (int i = -reach; i <= reach; ++i) kernel.push_back(float(std::exp(-0.5 * i * i / (sigma * sigma))));
  float sum = 0;
  for (const float weight : kernel) sum += weight;
  for (float& weight : kernel) weight /= sum;
  const size_t side = size_t(m_side), border = size_t(reach);
  std::vector<float> line(side + 2 * border), all(m_plane);
  for (const std::span<float> channel : m_channels) {
    std::fill(all.begin(), all.end(), 0.0f);
    for (size_t y = 0; y < side; ++y) {
      const float* row = &channel[y * side];
      std::fill_n(line.begin(), border, row[0]);
      std::copy_n(row, side, line.begin() + int64_t(border));
      std::fill_n(line.end() - int64_t(border), border, row[side - 1]);
      for (size_t k = 0; k < kernel.size(); ++k)
        for (size_t x = 0; x < side; ++x) all[y * side + x] += kernel[k] * line[x + k];
    }
    for (size_t y = 0; y < side; ++y) {
      float* row = &channel[y * side];
      std::fill_n(row, side, 0.0f);
      for (size_t k = 0; k < kernel.size(); ++k) {
        const size_t at = size_t(std::clamp(int(y + k) - reach, 0, m_side - 1));
        for (size_t x = 0; x < side; ++x) row[x] += kernel[k] * all[at * side + x];
      }
    }
  }
}

/// torchvision's ColorJitter: the four changes in a drawn order.
void jitter(const ViewRecipe& recipe, const Planes& planes, std::mt19937_64& random) {
  const auto factor = [&] { return uniform(random, 1 - recipe.strength, 1 + recipe.strength); };
  const double brightness = factor(), contrast = factor(), saturation = factor(),
               turns = uniform(random, -recipe.hue, recipe.hue);
  std::array<int, 4> order{0, 1, 2, 3};
  std::shuffle(order.begin(), order.end(), random);
  for (const int change : order) {
    if (change == 0) planes.blend(brightness, 0);
    if (change == 1) planes.blend(contrast, planes.meanBrightness());
    if (change == 2) planes.saturate(saturation);
    if (change == 3 && recipe.hue > 0) planes.turnHue(turns);
  }
}

}  // namespace

uint64_t mixed(uint64_t seed, uint64_t first, uint64_t second, uint64_t third) {
  uint64_t state = seed;
  for (const uint64_t next : {first, second, third}) {
    state += 0x9e3779b97f4a7c15u + next;
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
    state = (state ^ (state >> 27)) * 0x94d049bb133111ebu;
    state ^= state >> 31;
  }
  return state;
}

void drawView(const ViewRecipe& recipe, uint64_t seed, std::span<const uint8_t> tile, int tileSide,
              std::span<const float> mean, std::span<const float> deviation, std::span<float> values) {
  static constexpr std::array<float, 3> kNone{0, 0, 0}, kOne{1, 1, 1};
  std::mt19937_64 random(seed);
  const Crop crop = drawCrop(recipe, tileSide, random);
  const bool flipped = random() % 2 == 0;
  const std::vector<uint8_t> pixels = resized(tile, tileSide, crop, recipe.side, flipped);
  StainAugmentation staining = recipe.stains ? drawAugmentation(random) : StainAugmentation{};
  staining.blurred = false;  // of what follows one may
  const Planes planes(values, recipe.side);
  if (recipe.stains) {
    augmentTile(staining, pixels, recipe.side, kNone, kOne, values);
  } else {
    for (size_t i = 0; i < pixels.size(); ++i) planes[i % 3][i / 3] = float(pixels[i]) / 255;
  }
  if (uniform(random, 0, 1) < recipe.jitter) jitter(recipe, planes, random);
  if (uniform(random, 0, 1) < recipe.grey) planes.saturate(0);
  if (uniform(random, 0, 1) < recipe.blur) planes.blur(uniform(random, recipe.leastSigma, recipe.mostSigma));
  planes.normalise(mean, deviation);
}

}  // namespace geneglass
