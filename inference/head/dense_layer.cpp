// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/dense_layer.h"

#include <algorithm>
#include <array>
#include <memory>

#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

using dnnl::memory;

constexpr auto kType = memory::data_type::f32;

memory::desc rowsOf(int64_t columns) {
  return {{int64_t(DenseLayer::kTogether), columns}, kType, memory::format_tag::ab};
}

dnnl::post_ops opsOf(After after) {
  dnnl::post_ops ops;
  if (after == After::Relu) ops.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
  if (after == After::Tanh) ops.append_eltwise(1, dnnl::algorithm::eltwise_tanh, 0, 0);
  return ops;
}

}  // namespace

dnnl::matmul::primitive_desc chooseDense(int64_t in, int64_t out, After after, memory::format_tag weights) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  attributes.set_post_ops(opsOf(after));
  const dnnl::matmul::desc operation(rowsOf(in), {{in, out}, kType, weights}, biasesOf(out), rowsOf(out));
  return {operation, attributes, processor()};
}

memory::desc biasesOf(int64_t columns) {
  return {{1, columns}, kType, memory::format_tag::ab};
}

DenseLayer::DenseLayer(const StoredTensor& weight, const StoredTensor& bias, int64_t in, int64_t out,
                       After after)
    : m_chosen(chooseDense(in, out, after, memory::format_tag::any)), m_primitive(m_chosen) {
  const memory::desc asStored({in, out}, kType, memory::format_tag::ba);
  memory stored(asStored, processor(), const_cast<float*>(weight.values.data()));
  m_weights = memory(m_chosen.weights_desc(), processor());
  dnnl::stream stream(processor());
  dnnl::reorder(stored, m_weights).execute(stream, stored, m_weights);
  stream.wait();
  m_biases = memory(biasesOf(out), processor());
  std::copy(bias.values.begin(), bias.values.end(), static_cast<float*>(m_biases.get_data_handle()));
}

DenseLane::DenseLane(const std::vector<int64_t>& widths)
    : m_scratch(memory::desc(), processor()), m_stream(processor()) {
  for (const int64_t width : widths) m_places.emplace_back(rowsOf(width), processor());
  std::fill_n(rows(0), DenseLayer::kTogether * size_t(widths.front()), 0.0f);
}

void DenseLane::run(const DenseLayer& layer, size_t from, size_t to) {
  execute(layer.m_chosen, layer.m_primitive, layer.m_weights, layer.m_biases, m_places[from], m_places[to]);
}

void DenseLane::execute(const dnnl::matmul::primitive_desc& chosen, const dnnl::matmul& primitive,
                        const memory& weights, const memory& biases, const memory& from, const memory& to) {
  const memory::desc needed = chosen.scratchpad_desc();
  if (needed.get_size() > m_scratch.get_desc().get_size()) m_scratch = memory(needed, processor());
  primitive.execute(m_stream,
                    {{DNNL_ARG_SRC, from},
                     {DNNL_ARG_WEIGHTS, weights},
                     {DNNL_ARG_BIAS, biases},
                     {DNNL_ARG_DST, to},
                     {DNNL_ARG_SCRATCHPAD, memory(needed, processor(), m_scratch.get_data_handle())}});
  m_stream.wait();
}

float* DenseLane::rows(size_t place) const {
  return static_cast<float*>(m_places[place].get_data_handle());
}

void inLanes(size_t rows, const std::vector<int64_t>& widths,
             const std::function<void(DenseLane&, size_t begin, size_t end)>& work) {
  std::vector<std::unique_ptr<DenseLane>> lanes(ownThreads(0));
  inOwnThreads(rows, DenseLayer::kTogether, 0, [&](size_t thread, size_t begin, size_t end) {
    if (!lanes[thread]) lanes[thread] = std::make_unique<DenseLane>(widths);
    work(*lanes[thread], begin, end);
  });
}

float dotOf(const float* a, const float* b, size_t count) {
  constexpr size_t kSums = 16;
  std::array<float, kSums> sums{};
  size_t i = 0;
  for (; i + kSums <= count; i += kSums)
    for (size_t j = 0; j < kSums; ++j) sums[j] += a[i + j] * b[i + j];
  float sum = 0;
  for (; i < count; ++i) sum += a[i] * b[i];
  for (const float part : sums) sum += part;
  return sum;
}

}  // namespace geneglass
