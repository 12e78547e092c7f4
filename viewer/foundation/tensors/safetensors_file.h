// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// The tensors of a .safetensors file: float32, float16 and bfloat16; PyTorch's counters of batches and of
/// positions are passed over. Errors name the file and the reason: a header that is none, a tensor of another
/// type, or whose place is not in the file or does not fit its shape.
Result<TensorFile> readSafetensors(const std::filesystem::path& file);

}  // namespace geneglass
