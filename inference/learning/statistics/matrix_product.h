// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace geneglass {

/// A dense matrix in memory, row by row, or its transpose.
struct MatrixView {
  const float* first = nullptr;
  int64_t rows = 0;     ///< of the product's operand, after transposing
  int64_t columns = 0;  ///< likewise
  bool transposed = false;
};

/// out = a x b, a.rows x b.columns, by oneDNN on OpenMP's threads: Debian's LibTorch is built without a fast
/// matrix product.
void multiply(const MatrixView& a, const MatrixView& b, float* out);

}  // namespace geneglass
