// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/inference/encoder/plain_mobilenet.h"

namespace geneglass::testing {

/// A narrow MobileNetV2, whole.
inline EncoderFacts narrowMobileNet() {
  return mobileNetFacts(32, {1, 2, 3, 4, 3, 3, 1}, {4, 3, 5, 6, 8, 10, 12, 16, 24});
}

/// The names that the ONNX model zoo's numbering gives its convolutions, in the network's order.
inline std::vector<std::string> numberedNames() {
  std::vector<std::string> names{"conv_0", "conv_2", "conv_4"};
  for (const int first : {5, 10, 16, 21, 27, 33, 38, 44, 50, 56, 61, 67, 73, 78, 84, 90})
    for (const int within : {0, 2, 4}) names.push_back("conv_" + std::to_string(first + within));
  names.push_back("conv_95");
  return names;
}

inline TensorFile numbered(const EncoderFacts& facts, const TensorFile& tensors) {
  TensorFile renamed;
  const std::vector<std::string> names = numberedNames();
  const ConvolutionPlan plan = planMobileNetV2(facts);
  for (size_t i = 0; i < plan.steps.size(); ++i)
    for (const std::string what : {"weight", "bias"})
      renamed[names[i] + "_" + what] = tensors.at(plan.steps[i].name + "." + what);
  return renamed;
}

}  // namespace geneglass::testing
