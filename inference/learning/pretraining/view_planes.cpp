// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/view_planes.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

constexpr float kRed = 0.299f, kGreen = 0.587f, kBlue = 0.114f;  ///< of the brightness
constexpr size_t kLanes = 16;  ///< sums that are kept apart, so that their order is everywhere the same

float within01(float value) {
  value = value < 0 ? 0 : value;
  return value > 1 ? 1 : value;
}

/// What each of `count` places is made of: of `taps` places beginning at first[i], weights[tap * count + i]
/// each; a triangle as wide as what it shrinks.
struct Resampling {
  size_t taps = 0;
  std::vector<int> first;
  std::vector<float> weights;
};

Resampling resampling(double from, double length, size_t count, bool reversed) {
  const double step = length / double(count), reach = std::max(1.0, step);
  const int low = int(from), high = int(from + length);
  Resampling all;
  all.taps = size_t(std::min(high - low, int(std::ceil(2 * reach))));
  all.first.resize(count);
  all.weights.resize(all.taps * count);
  for (size_t i = 0; i < count; ++i) {
    const double centre = from + (double(reversed ? count - 1 - i : i) + 0.5) * step;
    const int begin = std::clamp(int(std::ceil(centre - reach - 0.5)), low, high - int(all.taps));
    double sum = 0;
    const auto weight = [&](size_t tap) {
      return std::max(0.0, 1 - std::abs(double(begin) + double(tap) + 0.5 - centre) / reach);
    };
    for (size_t tap = 0; tap < all.taps; ++tap) sum += weight(tap);
    for (size_t tap = 0; tap < all.taps; ++tap) all.weights[tap * count + i] = float(weight(tap) / sum);
    all.first[i] = begin;
  }
  return all;
}

/// sums += weight * bytes
GENEGLASS_WIDE void addBytes(const uint8_t* bytes, size_t count, float weight, float* sums) {
  for (size_t i = 0; i < count; ++i) sums[i] += weight * float(bytes[i]);
}

/// sums += weights * row[places]
GENEGLASS_WIDE void addPicked(const float* __restrict row, const int* __restrict places,
                              const float* __restrict weights, size_t count, float* __restrict sums) {
  for (size_t i = 0; i < count; ++i) sums[i] += weights[i] * row[places[i]];
}

GENEGLASS_WIDE void cutToWhole(float* values, size_t count) {
  for (size_t i = 0; i < count; ++i) values[i] = float(int(values[i]));
}

GENEGLASS_WIDE void addPair(const float* one, const float* other, float weight, size_t count, float* sums) {
  for (size_t i = 0; i < count; ++i) sums[i] += weight * (one[i] + other[i]);
}

GENEGLASS_WIDE void multiplyTo(const float* from, float by, size_t count, float* to) {
  for (size_t i = 0; i < count; ++i) to[i] = by * from[i];
}

GENEGLASS_WIDE void blendValues(float a, float b, size_t count, float* values) {
  for (size_t i = 0; i < count; ++i) values[i] = within01(a * values[i] + b);
}

GENEGLASS_WIDE void saturateValues(float a, float rest, size_t count, float* r, float* g, float* b) {
  for (size_t i = 0; i < count; ++i) {
    const float grey = rest * (kRed * r[i] + kGreen * g[i] + kBlue * b[i]);
    r[i] = within01(a * r[i] + grey);
    g[i] = within01(a * g[i] + grey);
    b[i] = within01(a * b[i] + grey);
  }
}

GENEGLASS_WIDE double sumOfBrightness(const float* r, const float* g, const float* b, size_t count) {
  float lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    for (size_t lane = 0; lane < kLanes; ++lane)
      lanes[lane] += kRed * r[i + lane] + kGreen * g[i + lane] + kBlue * b[i + lane];
  for (; i < count; ++i) lanes[0] += kRed * r[i] + kGreen * g[i] + kBlue * b[i];
  double sum = 0;
  for (const float lane : lanes) sum += double(lane);
  return sum;
}

/// Of red the hue 5, of green 3, of blue 1 brings least.
float ofHue(float hue, float least, float most, float span) {
  float away = hue + least;
  away -= 6 * float(int(away * (1.0f / 6)));  // it is positive
  return most - span * within01(std::min(away, 4 - away));
}

GENEGLASS_WIDE void turnHues(float by, size_t count, float* __restrict red, float* __restrict green,
                             float* __restrict blue) {
  for (size_t i = 0; i < count; ++i) {
    const float r = red[i], g = green[i], b = blue[i];
    const float most = std::max(std::max(r, g), b), span = most - std::min(std::min(r, g), b);
    const float over = span > 0 ? span : 1;
    const float ofRed = (g - b) / over, ofGreen = (b - r) / over + 2, ofBlue = (r - g) / over + 4;
    const float hue = (most == r ? ofRed : most == g ? ofGreen : ofBlue) + by;
    red[i] = ofHue(hue, 5, most, span);
    green[i] = ofHue(hue, 3, most, span);
    blue[i] = ofHue(hue, 1, most, span);
  }
}

GENEGLASS_WIDE void normaliseValues(float less, float by, size_t count, float* values) {
  for (size_t i = 0; i < count; ++i) values[i] = (values[i] - less) / by;
}

void transpose(const float* from, size_t side, float* to) {
  constexpr size_t kBlock = 16;
  for (size_t top = 0; top < side; top += kBlock)
    for (size_t left = 0; left < side; left += kBlock)
      for (size_t y = top; y < std::min(side, top + kBlock); ++y)
        for (size_t x = left; x < std::min(side, left + kBlock); ++x) to[y * side + x] = from[x * side + y];
}

/// The middle of a Gaussian and one half of the rest.
std::vector<float> halfKernel(double sigma) {
  const int reach = std::max(1, int(std::ceil(2.5 * sigma)));
  std::vector<float> kernel;
  float sum = 0;
  for (int i = 0; i <= reach; ++i) {
    kernel.push_back(float(std::exp(-0.5 * i * i / (sigma * sigma))));
    sum += i == 0 ? kernel.back() : 2 * kernel.back();
  }
  for (float& weight : kernel) weight /= sum;
  return kernel;
}

}  // namespace

ViewPlanes::ViewPlanes(std::span<float> values, int side)
    : m_values(values), m_side(size_t(side)), m_plane(m_side * m_side) {
  for (size_t c = 0; c < 3; ++c) m_channels[c] = &values[c * m_plane];
}

void ViewPlanes::show(std::span<const uint8_t> tile, int tileSide, const ViewCrop& crop) {
  const Resampling across = resampling(crop.x, crop.width, m_side, crop.mirroredAcross);
  const Resampling down = resampling(crop.y, crop.height, m_side, crop.mirroredDown);
  const size_t stride = size_t(tileSide) * 3;
  std::vector<int> places(across.taps * m_side * 3);
  for (size_t c = 0; c < 3; ++c)
    for (size_t tap = 0; tap < across.taps; ++tap)
      for (size_t x = 0; x < m_side; ++x)
        places[(c * across.taps + tap) * m_side + x] = (across.first[x] + int(tap)) * 3 + int(c);
  const size_t left = size_t(crop.x) * 3, width = size_t(crop.width) * 3;
  std::vector<float> row(stride), whole(crop.transposed ? m_values.size() : 0);
  float* const planes = crop.transposed ? whole.data() : m_values.data();
  for (size_t y = 0; y < m_side; ++y) {
    std::fill_n(row.begin() + int64_t(left), width, 0.0f);
    for (size_t tap = 0; tap < down.taps; ++tap)
      addBytes(&tile[(size_t(down.first[y]) + tap) * stride + left], width, down.weights[tap * m_side + y],
               &row[left]);
    for (size_t c = 0; c < 3; ++c) {
      float* const to = planes + c * m_plane + y * m_side;
      std::fill_n(to, m_side, 0.5f);
      for (size_t tap = 0; tap < across.taps; ++tap)
        addPicked(row.data(), &places[(c * across.taps + tap) * m_side], &across.weights[tap * m_side],
                  m_side, to);
    }
  }
  if (crop.transposed)
    for (size_t c = 0; c < 3; ++c) transpose(&whole[c * m_plane], m_side, m_channels[c]);
  cutToWhole(m_values.data(), m_values.size());
}

void ViewPlanes::blend(double factor, double other) {
  blendValues(float(factor), float((1 - factor) * other), m_values.size(), m_values.data());
}

void ViewPlanes::saturate(double factor) {
  saturateValues(float(factor), float(1 - factor), m_plane, m_channels[0], m_channels[1], m_channels[2]);
}

double ViewPlanes::meanBrightness() const {
  return sumOfBrightness(m_channels[0], m_channels[1], m_channels[2], m_plane) / double(m_plane);
}

void ViewPlanes::turnHue(double turns) {
  turnHues(float(6 * turns) + 6, m_plane, m_channels[0], m_channels[1], m_channels[2]);
}

void ViewPlanes::blur(double sigma) {
  const std::vector<float> kernel = halfKernel(sigma);
  const size_t reach = kernel.size() - 1;
  std::vector<float> line(m_side + 2 * reach), all(m_plane);
  for (float* const channel : m_channels) {
    for (size_t y = 0; y < m_side; ++y) {
      const float* row = channel + y * m_side;
      std::fill_n(line.begin(), reach, row[0]);
      std::copy_n(row, m_side, line.begin() + int64_t(reach));
      std::fill_n(line.end() - int64_t(reach), reach, row[m_side - 1]);
      const float* middle = &line[reach];
      multiplyTo(middle, kernel[0], m_side, &all[y * m_side]);
      for (size_t k = 1; k <= reach; ++k)
        addPair(middle - k, middle + k, kernel[k], m_side, &all[y * m_side]);
    }
    for (size_t y = 0; y < m_side; ++y) {
      float* row = channel + y * m_side;
      multiplyTo(&all[y * m_side], kernel[0], m_side, row);
      for (size_t k = 1; k <= reach; ++k) {
        const size_t above = y < k ? 0 : y - k, below = std::min(m_side - 1, y + k);
        addPair(&all[above * m_side], &all[below * m_side], kernel[k], m_side, row);
      }
    }
  }
}

void ViewPlanes::normalise(std::span<const float> less, std::span<const float> by) {
  for (size_t c = 0; c < 3; ++c) normaliseValues(less[c], by[c], m_plane, m_channels[c]);
}

}  // namespace geneglass
