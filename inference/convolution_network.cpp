// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/convolution_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <oneapi/dnnl/dnnl.hpp>
#include <stdexcept>
#include <unordered_map>

#include "inference/network_input.h"
#include "inference/own_threads.h"

namespace geneglass {

using dnnl::memory;
using Arguments = std::unordered_map<int, memory>;

namespace {

/// One primitive with the constant memory it reads and the buffers it works on.
struct Layer {
  dnnl::primitive primitive;
  memory::desc from;
  memory::desc to;
  memory::desc scratch;
  int fromBuffer = 0;
  int toBuffer = 0;
  Arguments constants;
};

const dnnl::engine& processor() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

memory copied(const std::vector<float>& values, const memory::desc& layout, const memory::desc& wanted) {
  memory plain(layout, processor());
  std::copy(values.begin(), values.end(), static_cast<float*>(plain.get_data_handle()));
  if (layout == wanted) return plain;
  memory reordered(wanted, processor());
  dnnl::stream stream(processor());
  dnnl::reorder(plain, reordered).execute(stream, plain, reordered);
  stream.wait();
  return reordered;
}

dnnl::primitive_attr attributes(const ConvolutionStep& step) {
  dnnl::post_ops after;
  if (step.adds) after.append_sum(1);
  if (step.rectifies) after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
  dnnl::primitive_attr attributes;
  attributes.set_post_ops(after);
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

/// `to` may be left to oneDNN (format any), unless the step adds to what lies there.
Layer convolution(const ConvolutionStep& step, const memory::desc& from, const memory::desc& to,
                  const TensorFile& tensors) {
  using tag = memory::format_tag;
  constexpr auto kType = memory::data_type::f32;
  const memory::dims border(2, step.kernel / 2);
  const memory::desc weightsAsStored({step.out, step.in, step.kernel, step.kernel}, kType, tag::oihw);
  const memory::desc weights(weightsAsStored.dims(), kType, tag::any), bias({step.out}, kType, tag::x);
  const dnnl::convolution_forward::desc operation(dnnl::prop_kind::forward_inference,
                                                  dnnl::algorithm::convolution_direct, from, weights, bias,
                                                  to, {step.stride, step.stride}, border, border);
  const dnnl::convolution_forward::primitive_desc chosen(operation, attributes(step), processor());
  return {dnnl::convolution_forward(chosen),
          from,
          chosen.dst_desc(),
          chosen.scratchpad_desc(),
          step.from,
          step.to,
          {{DNNL_ARG_WEIGHTS,
            copied(tensors.at(step.name + ".weight").values, weightsAsStored, chosen.weights_desc())},
           {DNNL_ARG_BIAS, copied(tensors.at(step.name + ".bias").values, bias, bias)}}};
}

Layer pooling(const memory::desc& from, const memory::desc& to, dnnl::algorithm kind, int kernel, int stride,
              int border) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  const dnnl::pooling_forward::desc operation(dnnl::prop_kind::forward_inference, kind, from, to,
                                              {stride, stride}, {kernel, kernel}, {border, border},
                                              {border, border});
  const dnnl::pooling_forward::primitive_desc chosen(operation, attributes, processor());
  return {dnnl::pooling_forward(chosen), from, chosen.dst_desc(), chosen.scratchpad_desc(), 0, 0, {}};
}

memory::desc picture(int channels, int side, memory::format_tag layout) {
  return {{1, channels, side, side}, memory::data_type::f32, layout};
}

}  // namespace

struct ConvolutionNetwork::Layers {
  EncoderFacts facts;
  ConvolutionPlan plan;
  std::vector<Layer> convolutions;  ///< as many as plan.steps
  Layer maximum;                    ///< after the first
  Layer mean;                       ///< after the last; its output is the features
  std::vector<size_t> bufferBytes;
  size_t scratchBytes = 0;

  void build(const TensorFile& tensors);
  void sizeBuffers(const Layer& layer);
};

void ConvolutionNetwork::Layers::sizeBuffers(const Layer& layer) {
  const auto grow = [](size_t& bytes, const memory::desc& wanted) {
    bytes = std::max(bytes, wanted.get_size());
  };
  grow(bufferBytes[static_cast<size_t>(layer.fromBuffer)], layer.from);
  grow(bufferBytes[static_cast<size_t>(layer.toBuffer)], layer.to);
  grow(scratchBytes, layer.scratch);
}

void ConvolutionNetwork::Layers::build(const TensorFile& tensors) {
  using tag = memory::format_tag;
  std::vector<memory::desc> lies(static_cast<size_t>(plan.buffers));
  lies[0] = picture(3, facts.tile, tag::nchw);
  for (const ConvolutionStep& step : plan.steps) {
    memory::desc& to = lies[static_cast<size_t>(step.to)];
    const memory::desc wanted = step.adds ? to : picture(step.out, step.sideOut(), tag::any);
    convolutions.push_back(convolution(step, lies[static_cast<size_t>(step.from)], wanted, tensors));
    to = convolutions.back().to;
    if (convolutions.size() > 1) continue;
    maximum =
        pooling(to, picture(step.out, plan.pooledSide, tag::any), dnnl::algorithm::pooling_max, 3, 2, 1);
    maximum.fromBuffer = step.to;
    maximum.toBuffer = plan.pooled;
    lies[static_cast<size_t>(plan.pooled)] = maximum.to;
  }
  const memory::desc& last = lies[static_cast<size_t>(plan.last)];
  mean = pooling(last, picture(facts.width, 1, tag::any), dnnl::algorithm::pooling_avg_exclude_padding,
                 static_cast<int>(last.dims()[2]), 1, 0);
  mean.fromBuffer = plan.last;
  mean.toBuffer = plan.last % 3 + 1;
  bufferBytes.assign(static_cast<size_t>(plan.buffers), 0);
  for (const Layer& layer : convolutions) sizeBuffers(layer);
  sizeBuffers(maximum);
  sizeBuffers(mean);
}

struct ConvolutionNetwork::Lane::Memory {
  dnnl::stream stream{processor()};
  std::vector<memory> buffers;
  memory scratch;
  std::vector<Arguments> convolutions;
  Arguments maximum;
  Arguments mean;

  static memory bytes(size_t count) {
    return {{{static_cast<memory::dim>(count)}, memory::data_type::u8, memory::format_tag::x}, processor()};
  }
  void* at(int buffer) const { return buffers[static_cast<size_t>(buffer)].get_data_handle(); }
  Arguments argumentsOf(const Layer& layer) const {
    Arguments all = layer.constants;
    all.insert({DNNL_ARG_SRC, {layer.from, processor(), at(layer.fromBuffer)}});
    all.insert({DNNL_ARG_DST, {layer.to, processor(), at(layer.toBuffer)}});
    all.insert({DNNL_ARG_SCRATCHPAD, {layer.scratch, processor(), scratch.get_data_handle()}});
    return all;
  }
};

ConvolutionNetwork::Lane::Lane(std::unique_ptr<Memory> lane) : m_memory(std::move(lane)) {}
ConvolutionNetwork::Lane::Lane(Lane&&) noexcept = default;
ConvolutionNetwork::Lane::~Lane() = default;

ConvolutionNetwork::ConvolutionNetwork(std::unique_ptr<Layers> layers) : m_layers(std::move(layers)) {}
ConvolutionNetwork::ConvolutionNetwork(ConvolutionNetwork&&) noexcept = default;
ConvolutionNetwork& ConvolutionNetwork::operator=(ConvolutionNetwork&&) noexcept = default;
ConvolutionNetwork::~ConvolutionNetwork() = default;

Result<ConvolutionNetwork> ConvolutionNetwork::make(const EncoderFacts& facts, const TensorFile& folded) {
  auto layers = std::make_unique<Layers>();
  layers->facts = facts;
  layers->plan = planResNet(facts);
  if (Result<void> fits = checkTensors(layers->plan, folded); !fits) return tl::unexpected(fits.error());
  const OneOpenMpThread oneThread;  // oneDNN cuts the work for as many as there are when a primitive is made
  try {
    layers->build(folded);
  } catch (const std::exception& error) {
    return fail(fmt::format("oneDNN cannot compute it ({})", error.what()));
  }
  return ConvolutionNetwork(std::move(layers));
}

const ConvolutionPlan& ConvolutionNetwork::plan() const {
  return m_layers->plan;
}

ConvolutionNetwork::Lane ConvolutionNetwork::lane() const {
  auto lane = std::make_unique<Lane::Memory>();
  for (size_t bytes : m_layers->bufferBytes) lane->buffers.push_back(Lane::Memory::bytes(bytes));
  lane->scratch = Lane::Memory::bytes(std::max<size_t>(1, m_layers->scratchBytes));
  for (const Layer& layer : m_layers->convolutions) lane->convolutions.push_back(lane->argumentsOf(layer));
  lane->maximum = lane->argumentsOf(m_layers->maximum);
  lane->mean = lane->argumentsOf(m_layers->mean);
  return Lane(std::move(lane));
}

void ConvolutionNetwork::run(Lane& lane, const Image& tile, std::span<float> features,
                             const Observer& observer) const {
  const Lane::Memory& own = *lane.m_memory;
  const size_t pixels = tile.pixels.size();
  writeNormalised(tile, m_layers->facts, {static_cast<float*>(own.at(0)), 3 * pixels});
  for (size_t i = 0; i < m_layers->convolutions.size(); ++i) {
    const Layer& layer = m_layers->convolutions[i];
    layer.primitive.execute(own.stream, own.convolutions[i]);
    if (observer)
      observer(i, {static_cast<const float*>(own.at(layer.toBuffer)), layer.to.get_size() / sizeof(float)});
    if (i == 0) m_layers->maximum.primitive.execute(own.stream, own.maximum);
  }
  m_layers->mean.primitive.execute(own.stream, own.mean);
  std::copy_n(static_cast<const float*>(own.at(m_layers->mean.toBuffer)), features.size(), features.begin());
}

}  // namespace geneglass
