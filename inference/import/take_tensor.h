// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// Moves a tensor out of `tensors`. Errors, to follow "...: ": it is missing, or of another shape, or holds
/// numbers that are not finite.
Result<StoredTensor> takeTensor(TensorFile& tensors, const std::string& name,
                                const std::vector<int64_t>& shape);

/// What a convolution gives, by its weights. Errors, to follow "...: ": they are missing, or no
/// convolution's.
Result<int> channelsOf(const TensorFile& tensors, const std::string& weights);

}  // namespace geneglass
