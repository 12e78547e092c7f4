// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the .cpp files of the heads only: oneDNN's types are in it.
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "inference/head/dense_layer.h"

namespace geneglass {

/// A dense layer whose outputs are computed a slice at a time, so that one gene's need not wait for all the
/// others'. Takes over the weights where they lie: there is no second copy. An output does not depend on
/// which other slices are computed. Made under OneOpenMpThread, constant afterwards: any thread. Throws
/// dnnl::error.
class SlicedLayer final {
 public:
  /// The weight holds out x in numbers, the bias out; slice s has the outputs from s * together on, the last
  /// one those that are left.
  SlicedLayer(std::vector<float> weight, std::vector<float> bias, int64_t in, int64_t out, int64_t together,
              After after);

  size_t width(size_t slice) const;  ///< outputs of a slice

 private:
  friend class DenseLane;
  struct Shape {
    dnnl::matmul::primitive_desc chosen;
    dnnl::matmul primitive;
  };
  const Shape& shapeOf(size_t slice) const { return width(slice) == m_together ? *m_full : *m_last; }

  std::vector<float> m_weight;
  std::vector<float> m_bias;
  size_t m_in, m_out, m_together;
  std::optional<Shape> m_full;
  std::optional<Shape> m_last;
};

}  // namespace geneglass
