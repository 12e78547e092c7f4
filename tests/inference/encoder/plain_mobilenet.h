// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/encoder/convolution_plan.h"
#include "tests/inference/encoder/plain_network.h"
#include "tests/inference/made_model.h"

namespace geneglass::testing {

/// MobileNetV2 of so many blocks a stage; channels of the first convolution, the stages, the last if any.
inline EncoderFacts mobileNetFacts(int tile, std::vector<int> blocks, std::vector<int> channels) {
  EncoderFacts facts;
  facts.name = "small MobileNetV2";
  facts.tile = tile;
  facts.architecture = "mobilenetv2";
  facts.weights = "encoder.h5";
  facts.width = channels.back();
  facts.blocks = std::move(blocks);
  facts.channels = std::move(channels);
  return facts;
}

/// Weights of such a size that ReLU6 cuts at both ends, and that a block does not enlarge an error.
inline TensorFile madeMobileNet(const EncoderFacts& facts, unsigned seed) {
  TensorFile tensors;
  for (const ConvolutionStep& step : planMobileNetV2(facts).steps) {
    const auto out = size_t(step.out),
               each = size_t(step.depthwise ? 1 : step.in) * size_t(step.kernel * step.kernel);
    StoredTensor weight{step.weightShape(), madeNumbers(out * each, seed++)};
    for (float& value : weight.values) value *= (step.rectifies ? 3.0f : 1.0f) / std::sqrt(float(each));
    tensors[step.name + ".weight"] = std::move(weight);
    tensors[step.name + ".bias"] = {{step.out}, madeNumbers(out, seed++)};
  }
  return tensors;
}

/// By plain loops: bias, ReLU6 where asked; each channel by itself where the weights are of one.
inline Planes mobileConvolution(const Planes& in, const TensorFile& tensors, const std::string& name,
                                int stride, bool rectified) {
  const StoredTensor& weight = tensors.at(name + ".weight");
  const bool depthwise = weight.shape[1] == 1;
  Planes out(int(weight.shape[0]), 0);
  for (int o = 0; o < out.channels; ++o) {
    Planes own(depthwise ? 1 : in.channels, in.side);
    const size_t each = own.values.size();
    std::copy_n(in.values.begin() + std::ptrdiff_t(depthwise ? size_t(o) * each : 0), each,
                own.values.begin());
    StoredTensor kernel{{1, weight.shape[1], weight.shape[2], weight.shape[3]}, {}};
    const size_t count = weight.values.size() / size_t(out.channels);
    kernel.values.assign(weight.values.begin() + std::ptrdiff_t(size_t(o) * count),
                         weight.values.begin() + std::ptrdiff_t(size_t(o + 1) * count));
    const Planes plane = convolve(own, kernel, stride);
    out.side = plane.side;
    for (double value : plane.values) {
      value += tensors.at(name + ".bias").values[size_t(o)];
      out.values.push_back(rectified ? std::clamp(value, 0.0, 6.0) : value);
    }
  }
  return out;
}

inline Planes invertedResidual(const Planes& in, const TensorFile& tensors, const std::string& name,
                               int stride) {
  const bool expands = tensors.count(name + ".2.weight") > 0;
  Planes x = in;
  if (expands) x = mobileConvolution(x, tensors, name + ".0.0", 1, true);
  x = mobileConvolution(x, tensors, name + (expands ? ".1.0" : ".0.0"), stride, true);
  x = mobileConvolution(x, tensors, name + (expands ? ".2" : ".1"), 1, false);
  if (stride == 1 && x.channels == in.channels)
    for (size_t i = 0; i < x.values.size(); ++i) x.values[i] += in.values[i];
  return x;
}

/// Pooled features of a normalised tile.
inline std::vector<double> plainMobileNet(const Planes& tile, const TensorFile& tensors,
                                          const std::vector<int>& blocks) {
  constexpr int strides[] = {1, 2, 2, 2, 1, 2, 1};
  Planes x = mobileConvolution(tile, tensors, "features.0.0", 2, true);
  int number = 1;
  for (size_t stage = 0; stage < blocks.size(); ++stage)
    for (int index = 0; index < blocks[stage]; ++index, ++number)
      x = invertedResidual(x, tensors, "features." + std::to_string(number) + ".conv",
                           index == 0 ? strides[stage] : 1);
  const std::string last = "features." + std::to_string(number) + ".0";
  if (tensors.count(last + ".weight")) x = mobileConvolution(x, tensors, last, 1, true);
  std::vector<double> features(size_t(x.channels));
  const auto area = size_t(x.side * x.side);
  for (size_t i = 0; i < x.values.size(); ++i) features[i / area] += x.values[i] / double(area);
  return features;
}

}  // namespace geneglass::testing
