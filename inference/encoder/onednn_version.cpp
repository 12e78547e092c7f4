// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/onednn_version.h"

#include <algorithm>
#include <numeric>

namespace geneglass::onednn {

using dnnl::memory;

constexpr auto kKind = dnnl::prop_kind::forward_inference;

static memory reordered(const memory& from, const memory::desc& wanted) {
  memory to(wanted, from.get_engine());
  dnnl::stream stream(from.get_engine());
  dnnl::reorder(from, to).execute(stream, const_cast<memory&>(from), to);
  stream.wait();
  return to;
}

#if DNNL_VERSION_MAJOR >= 3

memory::dims sidesOf(const memory::desc& layout) {
  return layout.get_dims();
}

memory::data_type typeOf(const memory::desc& layout) {
  return layout.get_data_type();
}

void appendActivation(dnnl::post_ops& after, dnnl::algorithm algorithm, float alpha, float beta) {
  after.append_eltwise(algorithm, alpha, beta);
}

dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const memory::desc& left,
                                           const memory::desc& right, const memory::desc& to,
                                           const dnnl::primitive_attr& attributes) {
  return {engine, left, right, to, attributes};
}

dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const memory::desc& left,
                                           const memory::desc& right, const memory::desc& bias,
                                           const memory::desc& to, const dnnl::primitive_attr& attributes) {
  return {engine, left, right, bias, to, attributes};
}

dnnl::convolution_forward::primitive_desc convolution(const dnnl::engine& engine, dnnl::algorithm algorithm,
                                                      const memory::desc& from, const memory::desc& weights,
                                                      const memory::desc& bias, const memory::desc& to,
                                                      const memory::dims& strides,
                                                      const memory::dims& borders,
                                                      const dnnl::primitive_attr& attributes) {
  return {engine, kKind, algorithm, from, weights, bias, to, strides, borders, borders, attributes};
}

dnnl::pooling_forward::primitive_desc pooling(const dnnl::engine& engine, dnnl::algorithm algorithm,
                                              const memory::desc& from, const memory::desc& to,
                                              const memory::dims& strides, const memory::dims& kernel,
                                              const memory::dims& borders,
                                              const dnnl::primitive_attr& attributes) {
  const memory::dims adjoining(kernel.size(), 0);
  return {engine, kKind, algorithm, from, to, strides, kernel, adjoining, borders, borders, attributes};
}

/// The sides in the opposite order: the numbers that lay farthest apart lie side by side.
static memory turned(const memory& plain) {
  const memory::desc layout = plain.get_desc();
  const memory::dims sides = layout.get_dims(), strides = layout.get_strides();
  std::vector<size_t> order(sides.size());  // from those that lie side by side
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](size_t side) { return strides[side]; });
  memory::dims opposite(sides.size());
  memory::dim count = 1;
  for (auto side = order.rbegin(); side != order.rend(); count *= sides[*side++]) opposite[*side] = count;
  memory result({sides, layout.get_data_type(), opposite}, plain.get_engine());
  const size_t bytes = memory::data_type_size(layout.get_data_type());
  const auto* from = static_cast<const char*>(plain.get_data_handle());
  auto* const to = static_cast<char*>(result.get_data_handle());
  for (memory::dim i = 0; i < count; ++i, from += bytes) {
    memory::dim rest = i, place = 0;
    for (const size_t side : order) {
      place += rest % sides[side] * opposite[side];
      rest /= sides[side];
    }
    std::copy_n(from, bytes, to + static_cast<size_t>(place) * bytes);
  }
  return result;
}

memory laidOut(const memory& plain, const memory::desc& wanted) {
  const bool isFilledUp = wanted.get_size() != plain.get_desc().get_size();
  return reordered(isFilledUp ? turned(plain) : plain, wanted);
}

void setSizes(dnnl::primitive_attr& attributes, const std::vector<float>&) {
  attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1);
}

std::vector<float> biasOf(std::vector<float> bias, const std::vector<float>& sizes) {
  for (size_t channel = 0; channel < bias.size(); ++channel) bias[channel] *= sizes[channel];
  return bias;
}

void addSizes(std::unordered_map<int, memory>& arguments, const dnnl::engine& engine,
              const std::vector<float>& sizes) {
  const auto count = static_cast<memory::dim>(sizes.size());
  const memory kept({{count}, memory::data_type::f32, memory::format_tag::x}, engine);
  std::ranges::copy(sizes, static_cast<float*>(kept.get_data_handle()));
  arguments.insert({DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, kept});
}

#else

memory::dims sidesOf(const memory::desc& layout) {
  return layout.dims();
}

memory::data_type typeOf(const memory::desc& layout) {
  return layout.data_type();
}

void appendActivation(dnnl::post_ops& after, dnnl::algorithm algorithm, float alpha, float beta) {
  after.append_eltwise(1, algorithm, alpha, beta);
}

dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const memory::desc& left,
                                           const memory::desc& right, const memory::desc& to,
                                           const dnnl::primitive_attr& attributes) {
  return {dnnl::matmul::desc(left, right, to), attributes, engine};
}

dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const memory::desc& left,
                                           const memory::desc& right, const memory::desc& bias,
                                           const memory::desc& to, const dnnl::primitive_attr& attributes) {
  return {dnnl::matmul::desc(left, right, bias, to), attributes, engine};
}

dnnl::convolution_forward::primitive_desc convolution(const dnnl::engine& engine, dnnl::algorithm algorithm,
                                                      const memory::desc& from, const memory::desc& weights,
                                                      const memory::desc& bias, const memory::desc& to,
                                                      const memory::dims& strides,
                                                      const memory::dims& borders,
                                                      const dnnl::primitive_attr& attributes) {
  return {
      dnnl::convolution_forward::desc(kKind, algorithm, from, weights, bias, to, strides, borders, borders),
      attributes, engine};
}

dnnl::pooling_forward::primitive_desc pooling(const dnnl::engine& engine, dnnl::algorithm algorithm,
                                              const memory::desc& from, const memory::desc& to,
                                              const memory::dims& strides, const memory::dims& kernel,
                                              const memory::dims& borders,
                                              const dnnl::primitive_attr& attributes) {
  return {dnnl::pooling_forward::desc(kKind, algorithm, from, to, strides, kernel, borders, borders),
          attributes, engine};
}

memory laidOut(const memory& plain, const memory::desc& wanted) {
  return reordered(plain, wanted);
}

void setSizes(dnnl::primitive_attr& attributes, const std::vector<float>& sizes) {
  attributes.set_output_scales(2, sizes);
}

std::vector<float> biasOf(std::vector<float> bias, const std::vector<float>&) {
  return bias;
}

void addSizes(std::unordered_map<int, memory>&, const dnnl::engine&, const std::vector<float>&) {}

#endif

void appendSum(dnnl::post_ops& after, float scale, memory::data_type type) {
  after.append_sum(scale, 0, type);
}

}  // namespace geneglass::onednn
