// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/convolution_layers.h"

#include <algorithm>
#include <string_view>

#include "inference/encoder/onednn_version.h"

namespace geneglass {

using dnnl::memory;

namespace {

template <typename Value>
memory constant(const std::vector<Value>& values, const memory::desc& layout, const memory::desc& wanted) {
  memory plain(layout, processor());
  std::copy(values.begin(), values.end(), static_cast<Value*>(plain.get_data_handle()));
  if (layout == wanted) return plain;
  return onednn::laidOut(plain, wanted);
}

dnnl::primitive_attr withScratchOfOurs() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

/// The primitive for weights of the given shape and type, and the layouts it wants.
dnnl::convolution_forward::primitive_desc choose(dnnl::algorithm algorithm, const memory::desc& from,
                                                 const memory::desc& to, const memory::dims& shape,
                                                 memory::data_type weights, int stride, int border,
                                                 const dnnl::primitive_attr& attributes) {
  using tag = memory::format_tag;
  const memory::dims strides(2, stride), borders(2, border);
  return onednn::convolution(processor(), algorithm, from, {shape, weights, tag::any},
                             {{shape[0]}, memory::data_type::f32, tag::x}, to, strides, borders, attributes);
}

/// oneDNN 2.6 has only its reference, a thousand times as slow, for a depthwise convolution of pictures in
/// blocks whose output may lie anyhow, and a fast one where that lies in blocks too.
bool isReference(const dnnl::convolution_forward::primitive_desc& chosen) {
  return std::string_view(chosen.impl_info_str()).starts_with("ref");
}

/// Winograd's convolution (Lavin and Gray 2016) of 3 x 3 in steps of 1 takes 2.25 times fewer
/// multiplications; where oneDNN has it (AVX-512) it is 1.3 to 2.2 times as fast from 64 channels on, and as
/// exact to six digits. A rule, not a measurement: the same slide always has the same features.
dnnl::convolution_forward::primitive_desc chooseFloat(const ConvolutionStep& step, const memory::desc& from,
                                                      const memory::desc& to, const memory::dims& shape,
                                                      const dnnl::primitive_attr& attributes) {
  constexpr int kFewest = 64;  // channels
  constexpr auto kType = memory::data_type::f32;
  if (!step.depthwise && step.kernel == 3 && step.stride == 1 && shape[0] >= kFewest && shape[1] >= kFewest) {
    try {
      return choose(dnnl::algorithm::convolution_winograd, from, to, shape, kType, 1, 1, attributes);
    } catch (const dnnl::error&) {  // not on this processor
    }
  }
  const auto direct = [&](const memory::desc& wanted) {
    return choose(dnnl::algorithm::convolution_direct, from, wanted, shape, kType, step.stride,
                  step.kernel / 2, attributes);
  };
  const auto chosen = direct(to);
  if (!isReference(chosen) || step.adds) return chosen;
  using tag = memory::format_tag;
  for (const tag layout : {tag::nChw16c, tag::nChw8c, tag::nhwc}) {
    const auto other = direct(pictures(1, step.out, step.sideOut(), kType, layout));
    if (!isReference(other)) return other;
  }
  return chosen;
}

template <typename Value>
Layer layerOf(const dnnl::convolution_forward::primitive_desc& chosen, const ConvolutionStep& step,
              const memory::dims& shape, memory::data_type type, const std::vector<Value>& weights,
              const std::vector<float>& bias) {
  using tag = memory::format_tag;
  const memory::desc asStored(shape, type, shape.size() == 5 ? tag::goihw : tag::oihw);
  return {dnnl::convolution_forward(chosen),
          chosen.src_desc(),
          chosen.dst_desc(),
          chosen.scratchpad_desc(),
          step.from,
          step.to,
          {{DNNL_ARG_WEIGHTS, constant(weights, asStored, chosen.weights_desc())},
           {DNNL_ARG_BIAS, constant(bias, chosen.bias_desc(), chosen.bias_desc())}},
          0};
}

Layer pooling(const memory::desc& from, const memory::desc& to, dnnl::algorithm kind, int kernel, int stride,
              int border) {
  const auto chosen = onednn::pooling(processor(), kind, from, to, {stride, stride}, {kernel, kernel},
                                      {border, border}, withScratchOfOurs());
  return {dnnl::pooling_forward(chosen), from, chosen.dst_desc(), chosen.scratchpad_desc(), 0, 0, {}, 0};
}

}  // namespace

const dnnl::engine& processor() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

memory::desc pictures(int tiles, int channels, int side, memory::data_type type, memory::format_tag layout) {
  return {{tiles, channels, side, side}, type, layout};
}

/// As the convolution takes them: a depthwise one has a group a channel.
static memory::dims shapeOf(const ConvolutionStep& step) {
  if (step.depthwise) return {step.out, 1, 1, step.kernel, step.kernel};
  return {step.out, step.in, step.kernel, step.kernel};
}

/// ReLU or, under a ceiling, the likes of ReLU6.
static void rectify(dnnl::post_ops& after, float ceiling) {
  if (ceiling > 0)
    onednn::appendActivation(after, dnnl::algorithm::eltwise_clip, 0, ceiling);
  else
    onednn::appendActivation(after, dnnl::algorithm::eltwise_relu, 0, 0);
}

Layer floatConvolution(const ConvolutionStep& step, const memory::desc& from, const memory::desc& to,
                       const TensorFile& tensors) {
  dnnl::post_ops after;
  if (step.adds) after.append_sum(1);
  if (step.rectifies) rectify(after, step.ceiling);
  dnnl::primitive_attr attributes = withScratchOfOurs();
  attributes.set_post_ops(after);
  const memory::dims shape = shapeOf(step);
  const auto chosen = chooseFloat(step, from, to, shape, attributes);
  return layerOf(chosen, step, shape, memory::data_type::f32, tensors.at(step.name + ".weight").values,
                 tensors.at(step.name + ".bias").values);
}

Layer tokenProduct(int tokens, const StoredTensor& weight, const StoredTensor& bias,
                   const dnnl::post_ops& after, TokenTypes types) {
  const auto out = static_cast<int>(bias.values.size());
  const int in = static_cast<int>(weight.values.size()) / out;
  dnnl::primitive_attr attributes = withScratchOfOurs();
  attributes.set_post_ops(after);
  const memory::desc from({1, in, tokens, 1}, types.from, memory::format_tag::nhwc),
      to({1, out, tokens, 1}, types.to, memory::format_tag::nhwc);
  const memory::dims shape{out, in, 1, 1};
  const auto chosen =
      choose(dnnl::algorithm::convolution_direct, from, to, shape, types.from, 1, 0, attributes);
  return layerOf(chosen, ConvolutionStep(), shape, memory::data_type::f32, weight.values, bias.values);
}

Layer int8Convolution(const ConvolutionStep& step, const memory::desc& from, const memory::desc& to,
                      const StoredTensor& weight, const StoredTensor& bias, const StepSizes& sizes) {
  Int8Weights whole = quantise(weight, bias, sizes.from);
  for (float& size : whole.outputSize) size /= sizes.to;
  dnnl::post_ops after;
  if (step.adds) onednn::appendSum(after, sizes.lies / sizes.to, sizes.liesType);
  if (step.rectifies) onednn::appendActivation(after, dnnl::algorithm::eltwise_relu, 0, 0);
  dnnl::primitive_attr attributes = withScratchOfOurs();
  onednn::setSizes(attributes, whole.outputSize);
  attributes.set_post_ops(after);
  constexpr auto kType = memory::data_type::s8;
  const int border = weight.shape[1] == step.in ? step.kernel / 2 : 0;
  const auto chosen = choose(dnnl::algorithm::convolution_direct, from, to, weight.shape, kType, step.stride,
                             border, attributes);
  Layer layer =
      layerOf(chosen, step, weight.shape, kType, whole.values, onednn::biasOf(whole.bias, whole.outputSize));
  onednn::addSizes(layer.constants, processor(), whole.outputSize);
  return layer;
}

Layer maximum(const memory::desc& from, const memory::desc& to) {
  return pooling(from, to, dnnl::algorithm::pooling_max, 3, 2, 1);
}

Layer mean(const memory::desc& from, const memory::desc& to) {
  return pooling(from, to, dnnl::algorithm::pooling_avg_exclude_padding,
                 static_cast<int>(onednn::sidesOf(from)[2]), 1, 0);
}

}  // namespace geneglass
