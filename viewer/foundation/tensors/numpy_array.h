// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// The bytes of an .npy file: float32 or float16, little-endian, row-major. Errors, to follow "...: ": no
/// such file, another type of number or order, more or fewer bytes than its shape takes.
Result<StoredTensor> parseNumpyArray(std::span<const uint8_t> bytes);

}  // namespace geneglass
