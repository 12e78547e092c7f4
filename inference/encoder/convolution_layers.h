// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// It includes oneDNN, as lane_buffers.h and onednn_version.h do: only .cpp files of the networks may include
// these.
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "inference/encoder/convolution_plan.h"
#include "inference/encoder/int8_weights.h"

namespace geneglass {

/// Memory by oneDNN's argument numbers.
using LayerArguments = std::unordered_map<int, dnnl::memory>;

/// One primitive, the constants it reads, and where in a lane's buffers it works. Made under OneOpenMpThread:
/// oneDNN cuts the work for as many threads as there are when a primitive is made.
struct Layer {
  dnnl::primitive primitive;
  dnnl::memory::desc from;
  dnnl::memory::desc to;
  dnnl::memory::desc scratch;
  int fromBuffer = 0;
  int toBuffer = 0;
  LayerArguments constants;
  size_t toOffset = 0;  ///< bytes from that buffer's begin
};

/// What the numbers of an int8 step stand for.
struct StepSizes {
  float from = 1;  ///< of what comes in
  float to = 1;    ///< of what it writes
  float lies = 1;  ///< of what lies there, where the step adds to it
  dnnl::memory::data_type liesType = dnnl::memory::data_type::undef;
};

const dnnl::engine& processor();

/// `tiles` pictures at a time. The functions below throw dnnl::error.
dnnl::memory::desc pictures(int tiles, int channels, int side, dnnl::memory::data_type type,
                            dnnl::memory::format_tag layout);

/// `to` may be left to oneDNN (format any), unless the step adds to what lies there.
Layer floatConvolution(const ConvolutionStep& step, const dnnl::memory::desc& from,
                       const dnnl::memory::desc& to, const TensorFile& tensors);

/// u8 -> u8 or s8. The weights of a first step have 4 channels and no border of their own (onPixels).
Layer int8Convolution(const ConvolutionStep& step, const dnnl::memory::desc& from,
                      const dnnl::memory::desc& to, const StoredTensor& weight, const StoredTensor& bias,
                      const StepSizes& sizes);

/// What a product of tokens reads and writes: f32 or bf16; its weights are as what it reads.
struct TokenTypes {
  dnnl::memory::data_type from = dnnl::memory::data_type::f32;
  dnnl::memory::data_type to = dnnl::memory::data_type::f32;
};

/// Each of `tokens` rows by a matrix [out, in, ...], plus the bias, then `after`; the rows lie one after the
/// other. As a convolution of 1 x 1: it is a fifth faster than oneDNN's product of matrices where
/// there is no AVX-512, with the weights in its own order. Buffers not set.
Layer tokenProduct(int tokens, const StoredTensor& weight, const StoredTensor& bias,
                   const dnnl::post_ops& after, TokenTypes types = {});

/// 3 x 3, stride 2, border 1; buffers not set.
Layer maximum(const dnnl::memory::desc& from, const dnnl::memory::desc& to);

/// Over the whole picture; buffers not set.
Layer mean(const dnnl::memory::desc& from, const dnnl::memory::desc& to);

}  // namespace geneglass
