// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/dense_layer.h"

#include <algorithm>
#include <array>
#include <memory>

#include "inference/encoder/onednn_version.h"
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
  if (after == After::Relu) onednn::appendActivation(ops, dnnl::algorithm::eltwise_relu, 0, 0);
  if (after == After::Tanh) onednn::appendActivation(ops, dnnl::algorithm::eltwise_tanh, 0, 0);
  return ops;
}

}  // namespace

dnnl::matmul::primitive_desc chooseDense(int64_t in, int64_t out, After after, memory::format_tag weights) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  attributes.set_post_ops(opsOf(after));
  return onednn::matrixProduct(processor(), rowsOf(in), {{in, out}, kType, weights}, biasesOf(out),
                               rowsOf(out), attributes);
}

memory::desc biasesOf(int64_t columns) {
  return {{1, columns}, kType, memory::format_tag::ab};
}

DenseLayer::DenseLayer(const StoredTensor& weight, const StoredTensor& bias, int64_t in, int64_t out,
                       After after)
    : m_chosen(chooseDense(in, out, after, memory::format_tag::any)), m_primitive(m_chosen) {
  const memory::desc asStored({in, out}, kType, memory::format_tag::ba);
  memory stored(asStored, processor(), const_cast<float*>(weight.values.data()));
  m_weights = onednn::laidOut(stored, m_chosen.weights_desc());
  m_biases = memory(biasesOf(out), processor());
  std::copy(bias.values.begin(), bias.values.end(), static_cast<float*>(m_biases.get_data_handle()));
}

DenseLane::DenseLane(const std::vector<int64_t>& widths) : m_stream(processor()) {
  for (const int64_t width : widths) m_places.emplace_back(rowsOf(width), processor());
  std::fill_n(rows(0), DenseLayer::kTogether * size_t(widths.front()), 0.0f);
}

DenseLane::Call& DenseLane::callOf(const dnnl::matmul::primitive_desc& chosen, const void* primitive,
                                   size_t from, size_t to) {
  for (Call& call : m_calls)
    if (call.primitive == primitive && call.from == from && call.to == to) return call;
  Call& call = m_calls.emplace_back();
  call.primitive = primitive;
  call.from = from;
  call.to = to;
  call.weights = memory(chosen.weights_desc(), processor(), nullptr);
  call.biases = memory(biasesOf(onednn::sidesOf(chosen.dst_desc())[1]), processor(), nullptr);
  call.arguments = {{DNNL_ARG_SRC, m_places[from]},
                    {DNNL_ARG_WEIGHTS, call.weights},
                    {DNNL_ARG_BIAS, call.biases},
                    {DNNL_ARG_DST, memory(chosen.dst_desc(), processor(), rows(to))},
                    {DNNL_ARG_SCRATCHPAD, memory(chosen.scratchpad_desc(), processor())}};
  return call;
}

void DenseLane::run(const DenseLayer& layer, size_t from, size_t to) {
  Call& call = callOf(layer.m_chosen, &layer.m_primitive, from, to);
  call.weights.set_data_handle(layer.m_weights.get_data_handle());
  call.biases.set_data_handle(layer.m_biases.get_data_handle());
  layer.m_primitive.execute(m_stream, call.arguments);
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
