// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A dense float tensor as it lies in a file.
struct StoredTensor {
  std::vector<int64_t> shape;
  std::vector<float> values;  ///< row-major; as many as the shape's product
};

/// Named float32 tensors in one HDF5 file, a dataset each, named as PyTorch's state_dict does. Readable by
/// h5py.
using TensorFile = std::map<std::string, StoredTensor>;

/// The shape each tensor must have.
using TensorShapes = std::map<std::string, std::vector<int64_t>>;

/// Errors, to follow "...: ": a tensor that is missing, that nobody needs, or of another shape.
Result<void> checkShapes(const TensorFile& tensors, const TensorShapes& needed);

/// A stop is heeded between two tensors, and is an error. Any thread.
Result<TensorFile> readTensors(const std::filesystem::path& file, const std::stop_token& stop = {});
Result<void> writeTensors(const std::filesystem::path& file,
                          const TensorFile& tensors);  ///< whole or not at all

}  // namespace geneglass
