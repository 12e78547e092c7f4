// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/torch/norm_passes.h"

#include <algorithm>

#include "viewer/foundation/wide_loops.h"

namespace geneglass {
namespace {

constexpr size_t kWide =
    256;  ///< numbers that a loop takes at least: few channels are taken several rows at once
constexpr size_t kTogether = 128;  ///< so many of them are added up in floats, these sums in doubles

/// Rows that are taken at once, as if they were one of more channels.
size_t rowsAtOnce(const NormRows& shape) {
  return std::max<size_t>(1, std::min(shape.rows, kWide / shape.channels));
}

std::vector<float> repeated(const std::vector<float>& values, size_t times) {
  std::vector<float> all;
  all.reserve(values.size() * times);
  for (size_t i = 0; i < times; ++i) all.insert(all.end(), values.begin(), values.end());
  return all;
}

GENEGLASS_WIDE void addMoments(const float* __restrict x, const float* __restrict from, size_t count,
                               float* __restrict sums, float* __restrict squares) {
  for (size_t i = 0; i < count; ++i) {
    const float away = x[i] - from[i];
    sums[i] += away;
    squares[i] += away * away;
  }
}

GENEGLASS_WIDE void affine(const float* x, const float* __restrict factor, const float* __restrict offset,
                           size_t count, float* y) {
  for (size_t i = 0; i < count; ++i) y[i] = factor[i] * x[i] + offset[i];
}
GENEGLASS_WIDE void affineRectified(const float* x, const float* __restrict factor,
                                    const float* __restrict offset, size_t count, float* y) {
  for (size_t i = 0; i < count; ++i) {
    const float value = factor[i] * x[i] + offset[i];
    y[i] = value > 0 ? value : 0;
  }
}
GENEGLASS_WIDE void affineAddedRectified(const float* x, const float* __restrict added,
                                         const float* __restrict factor, const float* __restrict offset,
                                         size_t count, float* y) {
  for (size_t i = 0; i < count; ++i) {
    const float value = factor[i] * x[i] + offset[i] + added[i];
    y[i] = value > 0 ? value : 0;
  }
}

GENEGLASS_WIDE void passWhere(const float* __restrict incoming, const float* __restrict y, size_t count,
                              float* __restrict passed) {
  for (size_t i = 0; i < count; ++i) passed[i] = y[i] > 0 ? incoming[i] : 0;
}
GENEGLASS_WIDE void addGradients(const float* __restrict passed, const float* __restrict x,
                                 const float* __restrict mean, size_t count, float* __restrict sums,
                                 float* __restrict products) {
  for (size_t i = 0; i < count; ++i) {
    sums[i] += passed[i];
    products[i] += passed[i] * (x[i] - mean[i]);
  }
}
GENEGLASS_WIDE void gradients(const float* __restrict passed, const float* __restrict x,
                              const float* __restrict factor, const float* __restrict slope,
                              const float* __restrict offset, size_t count, float* __restrict outgoing) {
  for (size_t i = 0; i < count; ++i) outgoing[i] = factor[i] * passed[i] + slope[i] * x[i] + offset[i];
}

/// Two sums a channel, by work(first number, how many, sums, sums) over all of them.
template <typename Work>
void sumUp(const NormRows& shape, std::vector<double>& one, std::vector<double>& other, const Work& work) {
  const size_t wide = rowsAtOnce(shape) * shape.channels, all = shape.rows * shape.channels;
  std::vector<float> first(wide), second(wide);
  one.assign(shape.channels, 0);
  other.assign(shape.channels, 0);
  for (size_t begin = 0; begin < all; begin += kTogether * wide) {
    std::fill(first.begin(), first.end(), 0.0f);
    std::fill(second.begin(), second.end(), 0.0f);
    for (size_t at = begin; at < std::min(all, begin + kTogether * wide); at += wide)
      work(at, std::min(wide, all - at), first.data(), second.data());
    for (size_t i = 0; i < wide; ++i) {
      one[i % shape.channels] += double(first[i]);
      other[i % shape.channels] += double(second[i]);
    }
  }
}

}  // namespace

ChannelMoments momentsOf(const float* x, const NormRows& shape) {
  const std::vector<float> first(x, x + shape.channels);  // taken off: less is lost where means are large
  const std::vector<float> from = repeated(first, rowsAtOnce(shape));
  std::vector<double> sums, squares;
  sumUp(shape, sums, squares, [&](size_t at, size_t count, float* one, float* other) {
    addMoments(x + at, from.data(), count, one, other);
  });
  ChannelMoments moments;
  for (size_t c = 0; c < shape.channels; ++c) {
    const double mean = sums[c] / double(shape.rows);
    moments.mean.push_back(float(mean + double(first[c])));
    moments.variance.push_back(float(std::max(0.0, squares[c] / double(shape.rows) - mean * mean)));
  }
  return moments;
}

void normRows(const float* x, const float* added, const NormRows& shape, const std::vector<float>& factor,
              const std::vector<float>& offset, bool rectifies, float* y) {
  const size_t rows = rowsAtOnce(shape), wide = rows * shape.channels, all = shape.rows * shape.channels;
  const std::vector<float> factors = repeated(factor, rows), offsets = repeated(offset, rows);
  for (size_t at = 0; at < all; at += wide) {
    const size_t count = std::min(wide, all - at);
    if (added) {
      affineAddedRectified(x + at, added + at, factors.data(), offsets.data(), count, y + at);
    } else {
      (rectifies ? affineRectified : affine)(x + at, factors.data(), offsets.data(), count, y + at);
    }
  }
}

NormGradientSums normGradientSums(const float* incoming, const float* y, const float* x,
                                  const NormRows& shape, const std::vector<float>& mean, float* passed) {
  const size_t rows = rowsAtOnce(shape);
  const std::vector<float> means = repeated(mean, rows);
  std::vector<float> kept(passed ? 0 : rows * shape.channels);
  std::vector<double> plain, timesX;
  sumUp(shape, plain, timesX, [&](size_t at, size_t count, float* one, float* other) {
    const float* from = incoming + at;
    if (y) {
      float* to = passed ? passed + at : kept.data();
      passWhere(from, y + at, count, to);
      from = to;
    }
    addGradients(from, x + at, means.data(), count, one, other);
  });
  return {{plain.begin(), plain.end()}, {timesX.begin(), timesX.end()}};
}

void normGradient(const float* incoming, const float* y, const float* x, const NormRows& shape,
                  const std::vector<float>& factor, const std::vector<float>& slope,
                  const std::vector<float>& offset, float* outgoing) {
  const size_t rows = rowsAtOnce(shape), wide = rows * shape.channels, all = shape.rows * shape.channels;
  const std::vector<float> factors = repeated(factor, rows), slopes = repeated(slope, rows),
                           offsets = repeated(offset, rows);
  std::vector<float> kept(wide);
  for (size_t at = 0; at < all; at += wide) {
    const size_t count = std::min(wide, all - at);
    const float* from = incoming + at;
    if (y) {
      passWhere(from, y + at, count, kept.data());
      from = kept.data();
    }
    gradients(from, x + at, factors.data(), slopes.data(), offsets.data(), count, outgoing + at);
  }
}

}  // namespace geneglass
