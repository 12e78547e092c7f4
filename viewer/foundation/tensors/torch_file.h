// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// The tensors of a file that torch.save() wrote (PyTorch 1.6 and later: a zip): float32, float16, bfloat16,
/// float64, int32 and int64; a tensor that was saved alone has an empty name. PyTorch's counters of batches
/// and of positions are passed over. No Python is run. Errors name the file and the reason: no zip, a pickle
/// that holds code, a tensor of another type or whose numbers are not in the file.
Result<TensorFile> readTorchFile(const std::filesystem::path& file);

}  // namespace geneglass
