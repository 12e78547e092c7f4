// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A tensor as PyTorch's pickle describes it; its numbers lie elsewhere.
struct PickledTensor {
  std::string type;     ///< "FloatStorage"
  std::string storage;  ///< the name of its numbers
  int64_t offset = 0;   ///< numbers from that storage's begin
  std::vector<int64_t> shape, strides;
};

/// The named tensors of a data.pkl that torch.save() wrote, of a dictionary or of one within it
/// ("state_dict", "model", "teacher"); a tensor that was saved alone has an empty name. Nothing is run: of
/// Python it knows dictionaries, lists, numbers, texts and how a tensor is put together, and refuses all else
/// by name. Errors, to follow "...: ".
Result<std::map<std::string, PickledTensor>> readPickledTensors(std::span<const uint8_t> pickle);

}  // namespace geneglass
