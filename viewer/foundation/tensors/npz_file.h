// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// The arrays of a NumPy .npz file (a zip of .npy), named without that ending. Errors name the file, and the
/// array where it is one: no zip, damaged, what parseNumpyArray() refuses, arrays over 1 GiB.
Result<TensorFile> readNpz(const std::filesystem::path& file);

}  // namespace geneglass
