// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/mobilenet_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "inference/encoder/convolution_plan.h"
#include "inference/import/take_tensor.h"

namespace geneglass {
namespace {

const std::vector<int> kBlocks{1, 2, 3, 4, 3, 3, 1};  ///< a stage
constexpr int kLastBlock = 15;

/// The numbers of the convolutions, in the order of planMobileNetV2(). Where a block adds what comes in, a
/// number is that sum's, and so are those of its two ReLU6.
std::vector<int> numbersOfConvolutions() {
  std::vector<int> numbers{0, 2, 4};
  int next = 5;
  for (size_t stage = 1; stage < kBlocks.size(); ++stage)
    for (int index = 0; index < kBlocks[stage]; ++index) {
      for (int within : {0, 2, 4}) numbers.push_back(next + within);
      next += index == 0 ? 5 : 6;
    }
  numbers.push_back(next);
  return numbers;
}

std::string nameOf(int number, const char* what) {
  return fmt::format("conv_{}_{}", number, what);
}

/// What its first and last convolution and the projections of each stage give.
Result<std::vector<int>> allChannelsOf(const TensorFile& tensors, const std::vector<int>& numbers) {
  std::vector<size_t> giving{0};
  size_t project = 2;
  for (int blocks : kBlocks) {
    giving.push_back(project);
    project += 3 * static_cast<size_t>(blocks);
  }
  giving.push_back(numbers.size() - 1);
  std::vector<int> channels;
  for (size_t convolution : giving) {
    const Result<int> gives = channelsOf(tensors, nameOf(numbers[convolution], "weight"));
    if (!gives) return tl::unexpected(gives.error());
    channels.push_back(*gives);
  }
  return channels;
}

Result<void> knowNumbered(const TensorFile& tensors, const std::vector<int>& numbers) {
  std::set<std::string> known;
  for (int number : numbers) known.insert({nameOf(number, "weight"), nameOf(number, "bias")});
  for (const auto& [name, tensor] : tensors)
    if (!known.count(name))
      return fail(fmt::format("it holds a tensor '{}' that MobileNetV2 does not have", name));
  return {};
}

void cutMobileNet(int lastBlock, EncoderFacts& facts) {
  int left = lastBlock + 2;  // the one that does not expand is before 0
  std::vector<int> kept;
  for (size_t stage = 0; left > 0; left -= kept.back(), ++stage)
    kept.push_back(std::min(left, facts.blocks[stage]));
  facts.blocks = std::move(kept);
  facts.channels.resize(facts.blocks.size() + 1);
  facts.name += fmt::format(" to block {}", lastBlock);
}

Result<ForeignEncoder> readNumbered(TensorFile tensors, const ForeignHints& hints) {
  const std::optional<int> lastBlock = hints.lastBlock;
  if (lastBlock && (*lastBlock < 0 || *lastBlock > kLastBlock))
    return fail(
        fmt::format("its blocks are numbered from 0 to {}, there is no block {}", kLastBlock, *lastBlock));
  const std::vector<int> numbers = numbersOfConvolutions();
  if (Result<void> known = knowNumbered(tensors, numbers); !known) return tl::unexpected(known.error());
  Result<std::vector<int>> channels = allChannelsOf(tensors, numbers);
  if (!channels) return tl::unexpected(channels.error());
  ForeignEncoder encoder;
  encoder.facts.name = "MobileNetV2";
  encoder.facts.architecture = "mobilenetv2";
  encoder.facts.blocks = kBlocks;
  encoder.facts.channels = std::move(*channels);
  if (lastBlock) cutMobileNet(*lastBlock, encoder.facts);
  encoder.facts.width = encoder.facts.channels.back();
  const ConvolutionPlan plan = planMobileNetV2(encoder.facts);
  for (size_t i = 0; i < plan.steps.size(); ++i) {
    const ConvolutionStep& step = plan.steps[i];
    for (const char* what : {"weight", "bias"}) {
      Result<StoredTensor> taken =
          takeTensor(tensors, nameOf(numbers[i], what),
                     *what == 'w' ? step.weightShape() : std::vector<int64_t>{step.out});
      if (!taken) return tl::unexpected(taken.error());
      encoder.tensors[step.name + "." + what] = std::move(*taken);
    }
  }
  return encoder;
}

}  // namespace

ForeignFamily numberedMobileNet() {
  return {[](const TensorFile& tensors) { return tensors.count("conv_0_weight") > 0; }, readNumbered};
}

}  // namespace geneglass
