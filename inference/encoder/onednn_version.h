// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <oneapi/dnnl/dnnl.hpp>

/// The calls that oneDNN 3 writes otherwise than oneDNN 2, for transformers; .cpp files of networks only.
namespace geneglass::onednn {

inline void appendActivation(dnnl::post_ops& after, dnnl::algorithm algorithm, float alpha, float beta) {
#if DNNL_VERSION_MAJOR >= 3
  after.append_eltwise(algorithm, alpha, beta);
#else
  after.append_eltwise(1, algorithm, alpha, beta);
#endif
}

inline dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const dnnl::memory::desc& left,
                                                  const dnnl::memory::desc& right,
                                                  const dnnl::memory::desc& to,
                                                  const dnnl::primitive_attr& attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return {engine, left, right, to, attributes};
#else
  return {dnnl::matmul::desc(left, right, to), attributes, engine};
#endif
}

inline dnnl::convolution_forward::primitive_desc convolution(
    const dnnl::engine& engine, dnnl::algorithm algorithm, const dnnl::memory::desc& from,
    const dnnl::memory::desc& weights, const dnnl::memory::desc& bias, const dnnl::memory::desc& to,
    const dnnl::memory::dims& strides, const dnnl::memory::dims& borders,
    const dnnl::primitive_attr& attributes) {
  constexpr auto kKind = dnnl::prop_kind::forward_inference;
#if DNNL_VERSION_MAJOR >= 3
  return {engine, kKind, algorithm, from, weights, bias, to, strides, borders, borders, attributes};
#else
  return {
      dnnl::convolution_forward::desc(kKind, algorithm, from, weights, bias, to, strides, borders, borders),
      attributes, engine};
#endif
}

}  // namespace geneglass::onednn
