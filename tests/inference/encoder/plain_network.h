// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"
#include "viewer/slide/image.h"

namespace geneglass::testing {

/// Channels x height x width, by plain loops: what the encoder is compared with.
struct Planes {
  int channels = 0, side = 0;
  std::vector<double> values;
  Planes(int count, int length)
      : channels(count), side(length), values(size_t(count) * size_t(length * length)) {}
  double& at(int c, int y, int x) { return values[size_t((c * side + y) * side + x)]; }
  double at(int c, int y, int x) const { return values[size_t((c * side + y) * side + x)]; }
};

inline Planes normalisedPlanes(const Image& tile, const EncoderFacts& facts) {
  Planes planes(3, tile.width);
  for (int y = 0; y < tile.height; ++y)
    for (int x = 0; x < tile.width; ++x) {
      const int rgb[3] = {redOf(tile.at(x, y)), greenOf(tile.at(x, y)), blueOf(tile.at(x, y))};
      for (int c = 0; c < 3; ++c)
        planes.at(c, y, x) = (rgb[c] / 255.0 - facts.mean[size_t(c)]) / facts.deviation[size_t(c)];
    }
  return planes;
}

inline Planes convolve(const Planes& in, const StoredTensor& weight, int stride) {
  const int out = int(weight.shape[0]), kernel = int(weight.shape[2]), pad = kernel / 2;
  Planes result(out, (in.side + 2 * pad - kernel) / stride + 1);
  for (int o = 0; o < out; ++o)
    for (int y = 0; y < result.side; ++y)
      for (int x = 0; x < result.side; ++x)
        for (int c = 0; c < in.channels; ++c)
          for (int v = 0; v < kernel; ++v)
            for (int u = 0; u < kernel; ++u) {
              const int row = y * stride + v - pad, column = x * stride + u - pad;
              if (row < 0 || column < 0 || row >= in.side || column >= in.side) continue;
              const size_t index = size_t(((o * in.channels + c) * kernel + v) * kernel + u);
              result.at(o, y, x) += weight.values[index] * in.at(c, row, column);
            }
  return result;
}

inline void normalise(Planes& planes, const TensorFile& tensors, const std::string& name) {
  for (int c = 0; c < planes.channels; ++c) {
    const auto of = [&](const char* fact) { return double(tensors.at(name + fact).values[size_t(c)]); };
    for (int i = 0; i < planes.side * planes.side; ++i) {
      double& value = planes.values[size_t(c * planes.side * planes.side + i)];
      value =
          (value - of(".running_mean")) / std::sqrt(of(".running_var") + 1e-5) * of(".weight") + of(".bias");
    }
  }
}

inline void rectify(Planes& planes) {
  for (double& value : planes.values) value = std::max(0.0, value);
}

inline Planes poolLargest(const Planes& in) {
  Planes out(in.channels, (in.side - 1) / 2 + 1);
  for (int c = 0; c < in.channels; ++c)
    for (int y = 0; y < out.side; ++y)
      for (int x = 0; x < out.side; ++x) {
        double largest = -INFINITY;
        for (int v = std::max(0, 2 * y - 1); v <= std::min(in.side - 1, 2 * y + 1); ++v)
          for (int u = std::max(0, 2 * x - 1); u <= std::min(in.side - 1, 2 * x + 1); ++u)
            largest = std::max(largest, in.at(c, v, u));
        out.at(c, y, x) = largest;
      }
  return out;
}

inline Planes basicBlock(const Planes& in, const TensorFile& tensors, const std::string& name, int stride) {
  Planes x = convolve(in, tensors.at(name + ".conv1.weight"), stride);
  normalise(x, tensors, name + ".bn1");
  rectify(x);
  x = convolve(x, tensors.at(name + ".conv2.weight"), 1);
  normalise(x, tensors, name + ".bn2");
  Planes shortcut = in;
  if (tensors.count(name + ".downsample.0.weight")) {
    shortcut = convolve(in, tensors.at(name + ".downsample.0.weight"), stride);
    normalise(shortcut, tensors, name + ".downsample.1");
  }
  for (size_t i = 0; i < x.values.size(); ++i) x.values[i] += shortcut.values[i];
  rectify(x);
  return x;
}

/// Pooled features of a normalised tile.
inline std::vector<double> plainResNet(const Planes& tile, const TensorFile& tensors,
                                       const std::vector<int>& blocks) {
  Planes x = convolve(tile, tensors.at("conv1.weight"), 2);
  normalise(x, tensors, "bn1");
  rectify(x);
  x = poolLargest(x);
  for (size_t stage = 0; stage < blocks.size(); ++stage)
    for (int block = 0; block < blocks[stage]; ++block)
      x = basicBlock(x, tensors, "layer" + std::to_string(stage + 1) + "." + std::to_string(block),
                     block == 0 && stage > 0 ? 2 : 1);
  std::vector<double> features;
  const auto area = size_t(x.side * x.side);
  for (size_t c = 0; c < size_t(x.channels); ++c) {
    double sum = 0;
    for (size_t i = 0; i < area; ++i) sum += x.values[c * area + i];
    features.push_back(sum / double(area));
  }
  return features;
}

}  // namespace geneglass::testing
