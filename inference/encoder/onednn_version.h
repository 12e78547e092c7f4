// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <vector>

/// All that oneDNN 3 writes otherwise than oneDNN 2; .cpp files of networks only. Each function throws
/// dnnl::error.
namespace geneglass::onednn {

dnnl::memory::dims sidesOf(const dnnl::memory::desc& layout);
dnnl::memory::data_type typeOf(const dnnl::memory::desc& layout);

void appendActivation(dnnl::post_ops& after, dnnl::algorithm algorithm, float alpha, float beta);

/// Adds `scale` times what lies in the output, read as `type` (undef: as the output's).
void appendSum(dnnl::post_ops& after, float scale, dnnl::memory::data_type type);

dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const dnnl::memory::desc& left,
                                           const dnnl::memory::desc& right, const dnnl::memory::desc& to,
                                           const dnnl::primitive_attr& attributes);
dnnl::matmul::primitive_desc matrixProduct(const dnnl::engine& engine, const dnnl::memory::desc& left,
                                           const dnnl::memory::desc& right, const dnnl::memory::desc& bias,
                                           const dnnl::memory::desc& to,
                                           const dnnl::primitive_attr& attributes);

dnnl::convolution_forward::primitive_desc convolution(
    const dnnl::engine& engine, dnnl::algorithm algorithm, const dnnl::memory::desc& from,
    const dnnl::memory::desc& weights, const dnnl::memory::desc& bias, const dnnl::memory::desc& to,
    const dnnl::memory::dims& strides, const dnnl::memory::dims& borders,
    const dnnl::primitive_attr& attributes);

dnnl::pooling_forward::primitive_desc pooling(const dnnl::engine& engine, dnnl::algorithm algorithm,
                                              const dnnl::memory::desc& from, const dnnl::memory::desc& to,
                                              const dnnl::memory::dims& strides,
                                              const dnnl::memory::dims& kernel,
                                              const dnnl::memory::dims& borders,
                                              const dnnl::primitive_attr& attributes);

/// What lies plainly, laid out as `wanted`. oneDNN 3.7.2's own reorder into blocks that are filled up with
/// zeros gets some of them wrong where the numbers of a block lie far apart: there they are laid side by side
/// first.
dnnl::memory laidOut(const dnnl::memory& plain, const dnnl::memory::desc& wanted);

/// A convolution of whole numbers without groups: sizes[o] x (its sums + bias[o]), then what comes after.
/// oneDNN 2 is told the sizes in the attributes. oneDNN 3 is told only that there are some, gets them as an
/// argument of each call, and adds a bias that has been multiplied.
void setSizes(dnnl::primitive_attr& attributes, const std::vector<float>& sizes);
std::vector<float> biasOf(std::vector<float> bias, const std::vector<float>& sizes);
void addSizes(std::unordered_map<int, dnnl::memory>& arguments, const dnnl::engine& engine,
              const std::vector<float>& sizes);

}  // namespace geneglass::onednn
