// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numeric>

#include "tests/inference/encoder/plain_network.h"
#include "tests/inference/made_model.h"

namespace geneglass::testing {

/// A pre-activation network under MXNet's numbers, with the norm that follows its last block.
inline TensorFile madeNumberedV2(const std::vector<int>& blocks, const std::vector<int>& channels,
                                 unsigned seed) {
  TensorFile tensors;
  const auto add = [&](const std::string& name, std::vector<int64_t> shape, float factor, float offset) {
    const auto count = std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
    StoredTensor tensor{std::move(shape), madeNumbers(size_t(count), seed++)};
    for (float& value : tensor.values) value = value * factor + offset;
    tensors[name] = std::move(tensor);
  };
  const auto addNorm = [&](const std::string& name, int count) {
    add(name + "_gamma", {count}, 0.3f, 1);
    add(name + "_beta", {count}, 0.2f, 0);
    add(name + "_running_mean", {count}, 0.2f, 0);
    add(name + "_running_var", {count}, 0.3f, 1);
  };
  const auto addConvolution = [&](const std::string& name, int out, int in, int side) {
    add(name + "_weight", {out, in, side, side}, 1.5f / std::sqrt(float(in * side * side)), 0);
  };
  addNorm("batchnorm0", 3);
  int in = channels.front() / 4;
  addConvolution("conv0", in, 3, 7);
  addNorm("batchnorm1", in);
  for (size_t stage = 0; stage < blocks.size(); ++stage) {
    const std::string start = "stage" + std::to_string(stage + 1) + "_";
    const int out = channels[stage], inner = out / 4;
    int convolution = 0, norm = 0;
    for (int block = 0; block < blocks[stage]; ++block) {
      addNorm(start + "batchnorm" + std::to_string(norm++), in);
      addConvolution(start + "conv" + std::to_string(convolution++), inner, in, 1);
      addNorm(start + "batchnorm" + std::to_string(norm++), inner);
      addConvolution(start + "conv" + std::to_string(convolution++), inner, inner, 3);
      addNorm(start + "batchnorm" + std::to_string(norm++), inner);
      addConvolution(start + "conv" + std::to_string(convolution++), out, inner, 1);
      if (block == 0) addConvolution(start + "conv" + std::to_string(convolution++), out, in, 1);
      in = out;
    }
  }
  addNorm(blocks.size() == 4 ? "batchnorm2" : "stage" + std::to_string(blocks.size() + 1) + "_batchnorm0",
          in);
  return tensors;
}

inline Planes normalisedBy(Planes x, const TensorFile& tensors, const std::string& name,
                           bool rectified = true) {
  TensorFile renamed;
  const std::pair<const char*, const char*> names[] = {{"_gamma", ".weight"},
                                                       {"_beta", ".bias"},
                                                       {"_running_mean", ".running_mean"},
                                                       {"_running_var", ".running_var"}};
  for (const auto& [foreign, own] : names) renamed[name + own] = tensors.at(name + foreign);
  normalise(x, renamed, name);
  if (rectified) rectify(x);
  return x;
}

/// Pooled features of a normalised tile, by plain loops, cut after `kept` blocks.
inline std::vector<double> plainNumberedV2(const Planes& tile, const TensorFile& tensors,
                                           const std::vector<int>& blocks, int kept) {
  const auto of = [&](const std::string& name) { return tensors.at(name + "_weight"); };
  Planes x = convolve(normalisedBy(tile, tensors, "batchnorm0", false), of("conv0"), 2);
  x = poolLargest(normalisedBy(x, tensors, "batchnorm1"));
  std::string next;
  for (size_t stage = 0; stage < blocks.size(); ++stage)
    for (int block = 0; block < blocks[stage] && kept > 0; ++block, --kept) {
      const std::string start = "stage" + std::to_string(stage + 1) + "_";
      const int stride = block == 0 && stage > 0 ? 2 : 1, first = block == 0 ? 0 : 3 * block + 1;
      const auto convolution = [&](int index) { return of(start + "conv" + std::to_string(first + index)); };
      const auto norm = [&](int index) { return start + "batchnorm" + std::to_string(3 * block + index); };
      const Planes y = normalisedBy(x, tensors, norm(0));
      const Planes shortcut = block == 0 ? convolve(y, convolution(3), stride) : x;
      x = normalisedBy(convolve(y, convolution(0), 1), tensors, norm(1));
      x = normalisedBy(convolve(x, convolution(1), stride), tensors, norm(2));
      x = convolve(x, convolution(2), 1);
      for (size_t i = 0; i < x.values.size(); ++i) x.values[i] += shortcut.values[i];
      next = block + 1 < blocks[stage] ? norm(3)
             : stage == 3              ? "batchnorm2"
                                       : "stage" + std::to_string(stage + 2) + "_batchnorm0";
    }
  x = normalisedBy(x, tensors, next);
  std::vector<double> features(size_t(x.channels));
  const auto area = size_t(x.side * x.side);
  for (size_t i = 0; i < x.values.size(); ++i) features[i / area] += x.values[i] / double(area);
  return features;
}

}  // namespace geneglass::testing
