// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "inference/encoder/convolution_plan.h"

namespace geneglass {
namespace {

/// A batch norm before its convolution cannot be folded into one: it is a factor and an offset of each
/// channel, and its ReLU, on the way to another buffer.
ConvolutionStep normStep(const std::string& name, int channels, int side, int from, int to) {
  return {name, channels, channels, 1, 1, side, from, to, false, true, 0, true};
}

/// Buffers: `x` comes in and the sum goes out in plan.last, the others serve within.
void addPreactivated(ConvolutionPlan& plan, const std::string& name, int in, int out, int stride, int side) {
  const int x = plan.last, other = x % 3 + 1, third = other % 3 + 1, inner = out / kBottleneck;
  plan.steps.push_back(normStep(name + ".norm", in, side, x, other));
  if (stride != 1 || in != out)
    plan.steps.push_back({name + ".downsample.0", in, out, 1, stride, side, other, x, false, false});
  plan.steps.push_back({name + ".conv1", in, inner, 1, 1, side, other, third, false, true});
  plan.steps.push_back({name + ".conv2", inner, inner, 3, stride, side, third, other, false, true});
  plan.steps.push_back(
      {name + ".conv3", inner, out, 1, 1, plan.steps.back().sideOut(), other, x, true, false});
}

}  // namespace

ConvolutionPlan planResNetV2(const EncoderFacts& facts) {
  ConvolutionPlan plan;
  plan.buffers = 4;
  int in = stemChannels(ResidualBlock::Bottleneck, facts.channels);
  plan.steps.push_back({"conv1", 3, in, 7, 2, facts.tile, 0, 1, false, true});
  plan.pooled = plan.last = 2;
  int side = plan.pooledSide = (plan.steps.front().sideOut() - 1) / 2 + 1;
  for (size_t stage = 0; stage < facts.blocks.size(); ++stage)
    for (int index = 0; index < facts.blocks[stage]; ++index) {
      addPreactivated(plan, fmt::format("layer{}.{}", stage + 1, index), in, facts.channels[stage],
                      index == 0 && stage > 0 ? 2 : 1, side);
      in = facts.channels[stage];
      side = plan.steps.back().side;
    }
  const int from = plan.last;
  plan.last = from % 3 + 1;
  plan.steps.push_back(normStep("norm", in, side, from, plan.last));
  return plan;
}

}  // namespace geneglass
