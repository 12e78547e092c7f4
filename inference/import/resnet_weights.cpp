// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/resnet_weights.h"

#include <fmt/format.h>

#include <set>

#include "inference/encoder/convolution_plan.h"
#include "inference/encoder/fold_batch_norm.h"
#include "inference/import/cut_network.h"
#include "inference/import/take_tensor.h"

namespace geneglass {
namespace {

constexpr const char* kNormParts[] = {".weight", ".bias", ".running_mean", ".running_var"};

std::string blockName(size_t stage, int index) {
  return fmt::format("layer{}.{}", stage, index);
}

constexpr std::string_view kToolboxStart = "feat_extract.";
constexpr double kKatherMpp = 0.5;  ///< micrometres a pixel of NCT-CRC-HE-100K

bool isToolboxs(const TensorFile& tensors) {
  return tensors.count("feat_extract.4.0.conv1.weight") > 0;
}

/// TIAToolbox counts torchvision's layers: 0 conv1, 1 bn1, 4 to 7 the stages.
TensorFile inTorchvisionsNames(TensorFile tensors) {
  TensorFile renamed;
  for (auto& [name, tensor] : tensors) {
    const size_t at = kToolboxStart.size();
    const bool counted = name.starts_with(kToolboxStart) && name.size() > at + 1 && name[at + 1] == '.';
    const char digit = counted ? name[at] : ' ';
    std::string first;
    if (digit == '0') first = "conv1";
    if (digit == '1') first = "bn1";
    if (digit >= '4' && digit <= '7') first = fmt::format("layer{}", digit - '3');
    renamed[first.empty() ? name : first + name.substr(at + 1)] = std::move(tensor);
  }
  return renamed;
}

/// Blocks and channels of the stages that are there. Errors, to follow "...: ".
Result<EncoderFacts> shapeOf(const TensorFile& tensors) {
  EncoderFacts facts;
  facts.architecture = "resnet";
  if (tensors.count(blockName(1, 0) + ".conv3.weight")) facts.block = ResidualBlock::Bottleneck;
  const std::string last = facts.block == ResidualBlock::Bottleneck ? ".conv3.weight" : ".conv2.weight";
  for (size_t stage = 1; tensors.count(blockName(stage, 0) + ".conv1.weight"); ++stage) {
    const std::string name = blockName(stage, 0) + last;
    Result<int> channels = channelsOf(tensors, name);
    if (!channels) return tl::unexpected(channels.error());
    if (facts.block == ResidualBlock::Bottleneck && *channels % kBottleneck != 0)
      return fail(
          fmt::format("the tensor '{}' gives {} channels, no multiple of {}", name, *channels, kBottleneck));
    facts.channels.push_back(*channels);
    facts.blocks.push_back(0);
    while (tensors.count(blockName(stage, facts.blocks.back()) + ".conv1.weight")) ++facts.blocks.back();
  }
  const auto bottleneck = facts.block == ResidualBlock::Bottleneck;
  facts.name = facts.blocks == std::vector{2, 2, 2, 2} && !bottleneck ? "ResNet-18"
               : facts.blocks == std::vector{3, 4, 6, 3}
                   ? (bottleneck ? "ResNet-50" : "ResNet-34")
                   : fmt::format("ResNet of {} stages", facts.blocks.size());
  return facts;
}

Result<void> knowAll(const TensorFile& tensors, const ConvolutionPlan& whole) {
  std::set<std::string> known{"fc.weight", "fc.bias", "classifier.weight", "classifier.bias"};
  for (const ConvolutionStep& step : whole.steps) {
    known.insert({step.name + ".weight", step.name + ".bias"});
    for (const char* part : kNormParts) known.insert(normOf(step.name) + part);
  }
  for (const auto& [name, tensor] : tensors)
    if (!known.count(name))
      return fail(fmt::format("it holds a tensor '{}' that such a residual network does not have", name));
  return {};
}

/// None where the network is cut or has none. Errors, to follow "...: ": a tensor of another shape.
Result<std::optional<TileClassifier>> takeClassifier(TensorFile& tensors, const ForeignHints& hints,
                                                     int width, bool toolboxs) {
  const std::string name = tensors.count("fc.weight") ? "fc" : "classifier";
  const auto weight = tensors.find(name + ".weight");
  if (hints.lastBlock || weight == tensors.end() || weight->second.shape.empty())
    return std::optional<TileClassifier>();
  const int64_t outputs = weight->second.shape.front();
  Result<StoredTensor> rows = takeTensor(tensors, name + ".weight", {outputs, width});
  Result<StoredTensor> bias = takeTensor(tensors, name + ".bias", {outputs});
  if (!rows || !bias) return tl::unexpected(rows ? bias.error() : rows.error());
  const bool kather = toolboxs && hints.said.classes.empty() && size_t(outputs) == katherClasses().size();
  return TileClassifier{std::move(*rows), std::move(*bias), kather ? katherClasses() : hints.said.classes};
}

Result<ForeignEncoder> readNamed(TensorFile tensors, const ForeignHints& hints) {
  const bool toolboxs = isToolboxs(tensors);
  if (toolboxs) tensors = inTorchvisionsNames(std::move(tensors));
  Result<EncoderFacts> facts = shapeOf(tensors);
  if (!facts) return tl::unexpected(facts.error());
  if (toolboxs) facts->mean = {0, 0, 0}, facts->deviation = {1, 1, 1};
  const ConvolutionPlan whole = planResNet(*facts);
  Result<void> fits = knowAll(tensors, whole);
  if (fits) fits = cutAfter(hints.lastBlock, *facts);
  if (!fits) return tl::unexpected(fits.error());
  facts->width = facts->channels.back();
  TensorFile taken;
  const auto take = [&](const std::string& name, const std::vector<int64_t>& shape) {
    Result<StoredTensor> tensor = takeTensor(tensors, name, shape);
    if (tensor) taken[name] = std::move(*tensor);
    return tensor ? Result<void>() : tl::unexpected(tensor.error());
  };
  for (const ConvolutionStep& step : planResNet(*facts).steps) {
    fits = take(step.name + ".weight", step.weightShape());
    const bool folded = tensors.count(step.name + ".bias") > 0;
    if (fits && folded) fits = take(step.name + ".bias", {step.out});
    for (const char* part : kNormParts)
      if (fits && !folded) fits = take(normOf(step.name) + part, {step.out});
    if (!fits) return tl::unexpected(fits.error());
  }
  Result<TensorFile> folded = foldBatchNorm(std::move(taken));
  if (!folded) return tl::unexpected(folded.error());
  ForeignEncoder encoder{std::move(*facts), std::move(*folded)};
  Result<std::optional<TileClassifier>> classifier =
      takeClassifier(tensors, hints, encoder.facts.width, toolboxs);
  if (!classifier) return tl::unexpected(classifier.error());
  encoder.classifier = std::move(*classifier);
  if (encoder.classifier && encoder.classifier->classes == katherClasses()) encoder.mpp = kKatherMpp;
  return encoder;
}

}  // namespace

ForeignFamily namedResNet() {
  return {[](const TensorFile& tensors) {
            return (tensors.count("conv1.weight") && tensors.count(blockName(1, 0) + ".conv1.weight")) ||
                   isToolboxs(tensors);
          },
          readNamed};
}

}  // namespace geneglass
