// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/sliced_layer.h"

#include <algorithm>
#include <utility>

namespace geneglass {

SlicedLayer::SlicedLayer(std::vector<float> weight, std::vector<float> bias, int64_t in, int64_t out,
                         int64_t together, After after)
    : m_weight(std::move(weight)),
      m_bias(std::move(bias)),
      m_in(size_t(in)),
      m_out(size_t(out)),
      m_together(size_t(together)) {
  const auto shapeFor = [&](size_t width) {
    auto chosen = chooseDense(in, int64_t(width), after, dnnl::memory::format_tag::ba);
    return Shape{chosen, dnnl::matmul(chosen)};
  };
  if (m_out >= m_together) m_full = shapeFor(m_together);
  if (m_out % m_together) m_last = shapeFor(m_out % m_together);
}

size_t SlicedLayer::width(size_t slice) const {
  return std::min(m_together, m_out - slice * m_together);
}

void DenseLane::run(const SlicedLayer& layer, size_t slice, size_t from, size_t to) {
  const SlicedLayer::Shape& shape = layer.shapeOf(slice);
  const size_t first = slice * layer.m_together;
  Call& call = callOf(shape.chosen, &shape.primitive, from, to);
  call.weights.set_data_handle(const_cast<float*>(layer.m_weight.data() + first * layer.m_in));
  call.biases.set_data_handle(const_cast<float*>(layer.m_bias.data() + first));
  shape.primitive.execute(m_stream, call.arguments);
  m_stream.wait();
}

}  // namespace geneglass
