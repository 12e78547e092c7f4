// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/statistics/matrix_product.h"

#include <oneapi/dnnl/dnnl.h>

#include <stdexcept>

namespace geneglass {

void multiply(const MatrixView& a, const MatrixView& b, float* out) {
  const auto stride = [](const MatrixView& matrix) {
    return matrix.transposed ? matrix.rows : matrix.columns;
  };
  const auto order = [](const MatrixView& matrix) { return matrix.transposed ? 'T' : 'N'; };
  const dnnl_status_t status = dnnl_sgemm(order(a), order(b), a.rows, b.columns, a.columns, 1, a.first,
                                          stride(a), b.first, stride(b), 0, out, b.columns);
  if (status != dnnl_success) throw std::runtime_error("oneDNN cannot multiply these matrices");
}

}  // namespace geneglass
