// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/take_tensor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace geneglass {

Result<StoredTensor> takeTensor(TensorFile& tensors, const std::string& name,
                                const std::vector<int64_t>& shape) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) return fail(fmt::format("the tensor '{}' is missing", name));
  if (found->second.shape != shape)
    return fail(
        fmt::format("the tensor '{}' has the shape {} where {} is needed", name, found->second.shape, shape));
  if (!std::ranges::all_of(found->second.values, [](float value) { return std::isfinite(value); }))
    return fail(fmt::format("the tensor '{}' holds numbers that are not finite", name));
  StoredTensor taken = std::move(found->second);
  tensors.erase(found);
  return taken;
}

Result<int> channelsOf(const TensorFile& tensors, const std::string& weights) {
  constexpr int64_t kMost = 8192;
  const auto found = tensors.find(weights);
  if (found == tensors.end()) return fail(fmt::format("the tensor '{}' is missing", weights));
  const std::vector<int64_t>& shape = found->second.shape;
  if (shape.size() != 4 || shape[0] < 1 || shape[0] > kMost)
    return fail(fmt::format("the tensor '{}' is no convolution's", weights));
  return static_cast<int>(shape[0]);
}

}  // namespace geneglass
