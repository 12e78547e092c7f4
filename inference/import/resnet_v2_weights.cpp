// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "inference/encoder/convolution_plan.h"
#include "inference/import/cut_network.h"
#include "inference/import/resnet_weights.h"
#include "inference/import/take_tensor.h"

namespace geneglass {
namespace {

constexpr double kNormEpsilon = 1e-5;

/// A batch norm as what it does to each channel.
struct ScaleAndShift {
  std::vector<double> scale, shift;
};

std::string convolutionName(size_t stage, int number) {
  return fmt::format("stage{}_conv{}_weight", stage, number);
}

std::string normName(size_t stage, int number) {
  return fmt::format("stage{}_batchnorm{}", stage, number);
}

/// The stages that are there. Errors, to follow "...: ".
Result<EncoderFacts> stagesOf(const TensorFile& tensors) {
  EncoderFacts facts;
  facts.architecture = "resnetv2";
  facts.block = ResidualBlock::Bottleneck;
  for (size_t stage = 1; tensors.count(convolutionName(stage, 0)); ++stage) {
    Result<int> channels = channelsOf(tensors, convolutionName(stage, 2));
    if (!channels) return tl::unexpected(channels.error());
    if (*channels % kBottleneck != 0)
      return fail(fmt::format("the tensor '{}' gives {} channels, no multiple of {}",
                              convolutionName(stage, 2), *channels, kBottleneck));
    facts.channels.push_back(*channels);
    int count = 0;
    while (tensors.count(convolutionName(stage, count))) ++count;
    facts.blocks.push_back(std::max(1, (count - 1) / 3));  // three a block, the first has one more
  }
  facts.name = facts.blocks == std::vector{3, 4, 6, 3} ? "ResNet-50 v2"
               : facts.blocks == std::vector{3, 4, 6}
                   ? "ResNet-50 v2 to stage 3"
                   : fmt::format("ResNet v2 of {} stages", facts.blocks.size());
  return facts;
}

/// Takes tensors under their foreign names and keeps them under ours. The first error stays.
class Taking final {
 public:
  Taking(TensorFile tensors, TensorFile& kept) : m_from(std::move(tensors)), m_kept(kept) {}

  ScaleAndShift norm(const std::string& name, int channels) {
    const std::vector<float> gamma = values(name + "_gamma", channels),
                             beta = values(name + "_beta", channels),
                             mean = values(name + "_running_mean", channels),
                             variance = values(name + "_running_var", channels);
    ScaleAndShift found;
    if (m_error) return found;
    for (size_t c = 0; c < gamma.size(); ++c) {
      found.scale.push_back(gamma[c] / std::sqrt(variance[c] + kNormEpsilon));
      found.shift.push_back(beta[c] - mean[c] * found.scale.back());
    }
    return found;
  }
  /// With the batch norm that follows it; none: an empty name.
  void convolution(const ConvolutionStep& step, const std::string& name, const std::string& norm_) {
    StoredTensor weight{step.weightShape(), values(name, step.weightShape())}, bias{{step.out}, {}};
    bias.values.resize(static_cast<size_t>(step.out));
    const ScaleAndShift after = norm_.empty() ? ScaleAndShift{} : norm(norm_, step.out);
    if (m_error) return;
    const size_t each = weight.values.size() / bias.values.size();
    for (size_t i = 0; !norm_.empty() && i < weight.values.size(); ++i)
      weight.values[i] = static_cast<float>(weight.values[i] * after.scale[i / each]);
    if (!norm_.empty()) bias.values.assign(after.shift.begin(), after.shift.end());
    m_kept[step.name + ".weight"] = std::move(weight);
    m_kept[step.name + ".bias"] = std::move(bias);
  }
  void normAlone(const ConvolutionStep& step, const std::string& name) {
    const ScaleAndShift own = norm(name, step.out);
    m_kept[step.name + ".weight"] = {step.weightShape(), {own.scale.begin(), own.scale.end()}};
    m_kept[step.name + ".bias"] = {{step.out}, {own.shift.begin(), own.shift.end()}};
  }
  const std::optional<Error>& error() const { return m_error; }

 private:
  std::vector<float> values(const std::string& name, const std::vector<int64_t>& shape) {
    if (m_error) return {};
    Result<StoredTensor> taken = takeTensor(m_from, name, shape);
    if (!taken) m_error = taken.error();
    return taken ? std::move(taken->values) : std::vector<float>();
  }
  std::vector<float> values(const std::string& name, int channels) {
    return values(name, std::vector<int64_t>{channels});
  }

  TensorFile m_from;
  TensorFile& m_kept;
  std::optional<Error> m_error;
};

/// The norm of the colours that come in is one with the encoder's own.
Result<void> foldIntoInput(const ScaleAndShift& norm, EncoderFacts& facts) {
  for (size_t c = 0; c < 3; ++c) {
    if (!(norm.scale[c] > 0)) return fail("its 'batchnorm0' turns a colour about");
    const double deviation = facts.deviation[c] / norm.scale[c];
    facts.mean[c] = static_cast<float>(facts.mean[c] - norm.shift[c] * deviation);
    facts.deviation[c] = static_cast<float>(deviation);
  }
  return {};
}

/// What follows the last block: the next one's norm, or the whole network's.
std::string lastNorm(const EncoderFacts& facts, const EncoderFacts& whole) {
  const size_t stage = facts.blocks.size();
  if (facts.blocks.back() < whole.blocks[stage - 1]) return normName(stage, 3 * facts.blocks.back());
  return stage == 4 ? "batchnorm2" : normName(stage + 1, 0);
}

Result<ForeignEncoder> readNumberedV2(TensorFile tensors, const ForeignHints& hints) {
  const Result<EncoderFacts> whole = stagesOf(tensors);
  if (!whole) return tl::unexpected(whole.error());
  ForeignEncoder encoder{*whole, {}};
  if (Result<void> cut = cutAfter(hints.lastBlock, encoder.facts); !cut) return tl::unexpected(cut.error());
  encoder.facts.width = encoder.facts.channels.back();
  Taking take(std::move(tensors), encoder.tensors);
  const ScaleAndShift input = take.norm("batchnorm0", 3);
  const ConvolutionPlan plan = planResNetV2(encoder.facts);
  size_t step = 0;
  take.convolution(plan.steps[step++], "conv0_weight", "batchnorm1");
  for (size_t stage = 1; stage <= encoder.facts.blocks.size(); ++stage) {
    int convolution = 0, norm = 0;
    for (int index = 0; index < encoder.facts.blocks[stage - 1]; ++index, norm += 3) {
      take.normAlone(plan.steps[step++], normName(stage, norm));
      const bool projects = plan.steps[step].name.ends_with("downsample.0");
      if (projects) take.convolution(plan.steps[step++], convolutionName(stage, convolution + 3), "");
      for (int i = 0; i < 3; ++i)
        take.convolution(plan.steps[step++], convolutionName(stage, convolution + i),
                         i < 2 ? normName(stage, norm + 1 + i) : "");
      convolution += projects ? 4 : 3;
    }
  }
  take.normAlone(plan.steps[step], lastNorm(encoder.facts, *whole));
  if (take.error()) return tl::unexpected(*take.error());
  if (Result<void> folded = foldIntoInput(input, encoder.facts); !folded)
    return tl::unexpected(folded.error());
  return encoder;
}

}  // namespace

ForeignFamily numberedResNetV2() {
  return {[](const TensorFile& tensors) {
            return tensors.count("conv0_weight") && tensors.count(convolutionName(1, 0));
          },
          readNumberedV2};
}

}  // namespace geneglass
