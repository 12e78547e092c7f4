// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/convolution_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace geneglass {
namespace {

/// Adds the steps of one basic block; returns the buffer that holds its result.
int addBasicBlock(ConvolutionPlan& plan, const std::string& name, int out, int stride, int side, int from) {
  const int in = plan.steps.back().out;
  const int other = from % 3 + 1, third = other % 3 + 1;
  const bool shortcutIsInput = stride == 1 && in == out;
  plan.steps.push_back({name + ".conv1", in, out, 3, stride, side, from, other, false, true});
  const int inner = plan.steps.back().sideOut();
  if (!shortcutIsInput)
    plan.steps.push_back({name + ".downsample.0", in, out, 1, stride, side, from, third, false, false});
  const int to = shortcutIsInput ? from : third;
  plan.steps.push_back({name + ".conv2", out, out, 3, 1, inner, other, to, true, true});
  return to;
}

/// The same for a bottleneck.
int addBottleneck(ConvolutionPlan& plan, const std::string& name, int out, int stride, int side, int from) {
  const int in = plan.steps.back().out, inner = out / kBottleneck;
  const int other = from % 3 + 1, third = other % 3 + 1;
  const bool shortcutIsInput = stride == 1 && in == out;
  plan.steps.push_back({name + ".conv1", in, inner, 1, 1, side, from, other, false, true});
  plan.steps.push_back({name + ".conv2", inner, inner, 3, stride, side, other, third, false, true});
  const int sideOut = plan.steps.back().sideOut();
  if (!shortcutIsInput)
    plan.steps.push_back({name + ".downsample.0", in, out, 1, stride, side, from, other, false, false});
  const int to = shortcutIsInput ? from : other;
  plan.steps.push_back({name + ".conv3", inner, out, 1, 1, sideOut, third, to, true, true});
  return to;
}

Result<void> checkTensor(const TensorFile& tensors, const std::string& name,
                         const std::vector<int64_t>& shape) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) return fail(fmt::format("the tensor '{}' is missing", name));
  if (found->second.shape == shape) return {};
  return fail(
      fmt::format("the tensor '{}' has the shape {} where {} is needed", name, found->second.shape, shape));
}

}  // namespace

std::vector<int64_t> ConvolutionStep::weightShape() const {
  return {out, depthwise ? 1 : in, kernel, kernel};
}

double ConvolutionStep::operations() const {
  return 2.0 * (depthwise ? 1 : in) * out * kernel * kernel * sideOut() * sideOut();
}

double ConvolutionPlan::operations() const {
  double sum = 0;
  for (const ConvolutionStep& step : steps) sum += step.operations();
  return sum;
}

ConvolutionPlan planOf(const EncoderFacts& facts) {
  if (facts.architecture == "mobilenetv2") return planMobileNetV2(facts);
  return facts.architecture == "resnetv2" ? planResNetV2(facts) : planResNet(facts);
}

ConvolutionPlan planResNet(const EncoderFacts& facts) {
  ConvolutionPlan plan;
  plan.buffers = 4;
  const int stem = stemChannels(facts.block, facts.channels);
  const auto addBlock = facts.block == ResidualBlock::Basic ? addBasicBlock : addBottleneck;
  plan.steps.push_back({"conv1", 3, stem, 7, 2, facts.tile, 0, 1, false, true});
  plan.pooled = plan.last = 2;
  plan.pooledSide = (plan.steps.front().sideOut() - 1) / 2 + 1;
  int side = plan.pooledSide;
  for (size_t stage = 0; stage < facts.blocks.size(); ++stage)
    for (int index = 0; index < facts.blocks[stage]; ++index) {
      const int stride = index == 0 && stage > 0 ? 2 : 1;
      plan.last = addBlock(plan, fmt::format("layer{}.{}", stage + 1, index), facts.channels[stage], stride,
                           side, plan.last);
      side = plan.steps.back().side;
    }
  return plan;
}

Result<void> checkTensors(const ConvolutionPlan& plan, const TensorFile& tensors) {
  std::set<std::string> known;
  for (const ConvolutionStep& step : plan.steps) {
    known.insert(step.name + ".weight");
    known.insert(step.name + ".bias");
  }
  for (const auto& [name, tensor] : tensors)
    if (!known.count(name))
      return fail(fmt::format("it holds a tensor '{}' that the network does not have", name));
  for (const ConvolutionStep& step : plan.steps) {
    Result<void> fits = checkTensor(tensors, step.name + ".weight", step.weightShape());
    if (fits) fits = checkTensor(tensors, step.name + ".bias", {step.out});
    if (!fits) return fits;
  }
  return {};
}

}  // namespace geneglass
