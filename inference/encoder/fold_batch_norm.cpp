// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/fold_batch_norm.h"

#include <fmt/format.h>

#include <cmath>

namespace geneglass {
namespace {

constexpr double kEpsilon = 1e-5;
constexpr const char* kMean = ".running_mean";

/// "layer1.0.bn2" -> "layer1.0.conv2", "x.downsample.1" -> "x.downsample.0".
std::string convolutionOf(const std::string& norm) {
  if (norm.ends_with("downsample.1")) return norm.substr(0, norm.size() - 1) + "0";
  const size_t at = norm.rfind("bn");
  return at == std::string::npos ? norm : norm.substr(0, at) + "conv" + norm.substr(at + 2);
}

Result<void> foldOne(TensorFile& tensors, const std::string& norm) {
  const std::string convolution = convolutionOf(norm);
  const auto weight = tensors.find(convolution + ".weight");
  if (weight == tensors.end() || weight->second.shape.empty() || weight->second.shape[0] <= 0)
    return fail(fmt::format("the batch norm '{}' has no convolution '{}'", norm, convolution));
  const auto channels = static_cast<size_t>(weight->second.shape[0]);
  const StoredTensor* facts[4] = {};
  const char* names[4] = {".weight", ".bias", kMean, ".running_var"};
  for (int i = 0; i < 4; ++i) {
    const auto found = tensors.find(norm + names[i]);
    if (found == tensors.end()) return fail(fmt::format("the tensor '{}{}' is missing", norm, names[i]));
    if (found->second.values.size() != channels)
      return fail(fmt::format("the tensor '{}{}' does not have {} values", norm, names[i], channels));
    facts[i] = &found->second;
  }
  StoredTensor bias{{weight->second.shape[0]}, std::vector<float>(channels)};
  const size_t each = weight->second.values.size() / channels;
  for (size_t c = 0; c < channels; ++c) {
    const double factor = facts[0]->values[c] / std::sqrt(facts[3]->values[c] + kEpsilon);
    bias.values[c] = static_cast<float>(facts[1]->values[c] - facts[2]->values[c] * factor);
    for (size_t i = c * each; i < (c + 1) * each; ++i)
      weight->second.values[i] = static_cast<float>(weight->second.values[i] * factor);
  }
  for (const char* name : names) tensors.erase(norm + name);
  tensors[convolution + ".bias"] = std::move(bias);
  return {};
}

std::vector<std::string> normsOf(const TensorFile& tensors) {
  std::vector<std::string> norms;
  for (const auto& [name, tensor] : tensors)
    if (name.ends_with(kMean)) norms.push_back(name.substr(0, name.size() - std::string(kMean).size()));
  return norms;
}

}  // namespace

bool hasBatchNorm(const TensorFile& tensors) {
  return !normsOf(tensors).empty();
}

std::string normOf(const std::string& convolution) {
  if (convolution.ends_with("downsample.0")) return convolution.substr(0, convolution.size() - 1) + "1";
  const size_t at = convolution.rfind("conv");
  return at == std::string::npos ? convolution
                                 : convolution.substr(0, at) + "bn" + convolution.substr(at + 4);
}

TensorFile withBatchNorm(const TensorFile& folded) {
  static const std::string kBias = ".bias";
  TensorFile tensors;
  for (const auto& [name, tensor] : folded) {
    if (!name.ends_with(kBias)) {
      tensors[name] = tensor;
      continue;
    }
    const std::string norm = normOf(name.substr(0, name.size() - kBias.size()));
    const StoredTensor ones{tensor.shape, std::vector<float>(tensor.values.size(), 1)},
        noughts{tensor.shape, std::vector<float>(tensor.values.size(), 0)};
    tensors[norm + kBias] = tensor;
    tensors[norm + ".weight"] = tensors[norm + ".running_var"] = ones;
    tensors[norm + kMean] = noughts;
  }
  return tensors;
}

Result<TensorFile> foldBatchNorm(TensorFile tensors) {
  for (const std::string& norm : normsOf(tensors)) {
    const Result<void> folded = foldOne(tensors, norm);
    if (!folded) return tl::unexpected(folded.error());
  }
  return tensors;
}

}  // namespace geneglass
