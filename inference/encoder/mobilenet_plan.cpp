// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "inference/encoder/convolution_plan.h"

namespace geneglass {
namespace {

constexpr int kStrides[] = {1, 2, 2, 2, 1, 2, 1};
constexpr int kExpansion = 6;
constexpr float kSix = 6;  // of ReLU6

/// Expand, filter each channel, project: the last without a ReLU, onto what comes in where that has its
/// shape.
void addInvertedResidual(ConvolutionPlan& plan, const std::string& name, int out, int stride, bool expands) {
  const ConvolutionStep& before = plan.steps.back();
  const int in = before.out, side = before.sideOut(), inner = expands ? kExpansion * in : in;
  const int from = plan.last, other = from % 3 + 1, third = other % 3 + 1;
  if (expands)
    plan.steps.push_back({name + ".0.0", in, inner, 1, 1, side, from, other, false, true, kSix, false});
  plan.steps.push_back({name + (expands ? ".1.0" : ".0.0"), inner, inner, 3, stride, side,
                        expands ? other : from, third, false, true, kSix, true});
  const bool adds = stride == 1 && in == out;
  plan.last = adds ? from : other;
  plan.steps.push_back({name + (expands ? ".2" : ".1"), inner, out, 1, 1, plan.steps.back().sideOut(), third,
                        plan.last, adds, false});
}

}  // namespace

ConvolutionPlan planMobileNetV2(const EncoderFacts& facts) {
  ConvolutionPlan plan;
  plan.buffers = 4;
  plan.last = 1;
  plan.steps.push_back(
      {"features.0.0", 3, facts.channels.front(), 3, 2, facts.tile, 0, plan.last, false, true, kSix, false});
  int number = 1;
  for (size_t stage = 0; stage < facts.blocks.size(); ++stage)
    for (int index = 0; index < facts.blocks[stage]; ++index, ++number)
      addInvertedResidual(plan, fmt::format("features.{}.conv", number), facts.channels[stage + 1],
                          index == 0 ? kStrides[stage] : 1, stage > 0);
  if (facts.channels.size() < facts.blocks.size() + 2) return plan;
  const int from = plan.last, side = plan.steps.back().sideOut(), in = plan.steps.back().out;
  plan.last = from % 3 + 1;
  plan.steps.push_back({fmt::format("features.{}.0", number), in, facts.channels.back(), 1, 1, side, from,
                        plan.last, false, true, kSix, false});
  return plan;
}

}  // namespace geneglass
