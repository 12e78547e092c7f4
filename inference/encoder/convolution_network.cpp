// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/convolution_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "inference/encoder/convolution_layers.h"
#include "inference/encoder/lane_buffers.h"
#include "inference/encoder/network_input.h"
#include "inference/encoder/onednn_version.h"
#include "inference/package/precision.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {

using dnnl::memory;
using type = memory::data_type;
using tag = memory::format_tag;

struct ConvolutionNetwork::Layers {
  EncoderFacts facts;
  ConvolutionPlan plan;
  Precision precision = Precision::Float32;
  std::vector<Layer> convolutions;  ///< as many as plan.steps
  Layer afterFirst;                 ///< the maximum, where there is one
  Layer last;                       ///< the mean, only in float32; its output is the features
  std::vector<memory::desc> lies;   ///< what each buffer holds at the end of building
  float lastSize = 1;               ///< int8: what one step of the last picture stands for
  BufferSizes sizes;

  void buildFloat(const TensorFile& tensors);
  void buildInt8(const TensorFile& tensors, const Int8Scales& scales);
  void addMaximum(const ConvolutionStep& step, type kind, tag layout);
  memory::desc& lying(int buffer) { return lies[static_cast<size_t>(buffer)]; }
};

void ConvolutionNetwork::Layers::addMaximum(const ConvolutionStep& step, type kind, tag layout) {
  afterFirst = maximum(lying(step.to), pictures(1, step.out, plan.pooledSide, kind, layout));
  afterFirst.fromBuffer = step.to;
  afterFirst.toBuffer = plan.pooled;
  lying(plan.pooled) = afterFirst.to;
  sizes.cover(afterFirst);
}

void ConvolutionNetwork::Layers::buildFloat(const TensorFile& tensors) {
  lies.resize(static_cast<size_t>(plan.buffers));
  lies[0] = pictures(1, 3, facts.tile, type::f32, tag::nchw);
  for (const ConvolutionStep& step : plan.steps) {
    const memory::desc wanted =
        step.adds ? lying(step.to) : pictures(1, step.out, step.sideOut(), type::f32, tag::any);
    convolutions.push_back(floatConvolution(step, lying(step.from), wanted, tensors));
    lying(step.to) = convolutions.back().to;
    sizes.cover(convolutions.back());
    if (convolutions.size() == 1 && plan.pooled) addMaximum(step, type::f32, tag::any);
  }
  last = mean(lying(plan.last), pictures(1, facts.width, 1, type::f32, tag::any));
  last.fromBuffer = plan.last;
  last.toBuffer = plan.last % 3 + 1;
  sizes.cover(last);
}

void ConvolutionNetwork::Layers::buildInt8(const TensorFile& tensors, const Int8Scales& scales) {
  lies.resize(static_cast<size_t>(plan.buffers));
  std::vector<float> sizeOf(lies.size(), 1);
  const int border = plan.steps.front().kernel / 2;
  lies[0] = pictures(1, 4, facts.tile + 2 * border, type::u8, tag::nhwc);
  for (const ConvolutionStep& step : plan.steps) {
    const bool first = convolutions.empty();
    StoredTensor weight = tensors.at(step.name + ".weight"), bias = tensors.at(step.name + ".bias");
    if (first) std::tie(weight, bias) = onPixels(weight, bias, facts);
    const memory::desc before = lying(step.to);
    float& size = sizeOf[static_cast<size_t>(step.to)];
    const StepSizes units{sizeOf[static_cast<size_t>(step.from)], scales.activations[convolutions.size()],
                          size, step.adds ? onednn::typeOf(before) : type::undef};
    lying(step.to) = pictures(1, step.out, step.sideOut(), step.rectifies ? type::u8 : type::s8, tag::nhwc);
    convolutions.push_back(int8Convolution(step, lying(step.from), lying(step.to), weight, bias, units));
    size = units.to;
    sizes.cover(convolutions.back());
    if (!first) continue;
    addMaximum(step, type::u8, tag::nhwc);
    sizeOf[static_cast<size_t>(plan.pooled)] = units.to;
  }
  lastSize = sizeOf[static_cast<size_t>(plan.last)];
}

struct ConvolutionNetwork::Lane::Memory : LaneBuffers {
  using LaneBuffers::LaneBuffers;
  std::vector<LayerArguments> convolutions;
  LayerArguments afterFirst;
  LayerArguments last;
};

ConvolutionNetwork::Lane::Lane(std::unique_ptr<Memory> lane) : m_memory(std::move(lane)) {}
ConvolutionNetwork::Lane::Lane(Lane&&) noexcept = default;
ConvolutionNetwork::Lane::~Lane() = default;

ConvolutionNetwork::ConvolutionNetwork(std::unique_ptr<Layers> layers) : m_layers(std::move(layers)) {}
ConvolutionNetwork::ConvolutionNetwork(ConvolutionNetwork&&) noexcept = default;
ConvolutionNetwork& ConvolutionNetwork::operator=(ConvolutionNetwork&&) noexcept = default;
ConvolutionNetwork::~ConvolutionNetwork() = default;

Result<ConvolutionNetwork> ConvolutionNetwork::make(const EncoderFacts& facts, const TensorFile& folded,
                                                    const Int8Scales* int8) {
  auto layers = std::make_unique<Layers>();
  layers->facts = facts;
  layers->plan = planOf(facts);
  layers->sizes.buffers.resize(static_cast<size_t>(layers->plan.buffers));
  layers->precision = int8 ? Precision::Int8 : Precision::Float32;
  if (Result<void> fits = checkTensors(layers->plan, folded); !fits) return tl::unexpected(fits.error());
  if (int8 && facts.architecture != "resnet")
    return fail(fmt::format("the architecture '{}' is computed in float32 only", facts.architecture));
  if (int8 && int8->activations.size() != layers->plan.steps.size())
    return fail(fmt::format("{} int8 scales are there for {} convolutions", int8->activations.size(),
                            layers->plan.steps.size()));
  const OneOpenMpThread oneThread;
  try {
    int8 ? layers->buildInt8(folded, *int8) : layers->buildFloat(folded);
  } catch (const std::exception& error) {
    return fail(fmt::format("oneDNN cannot compute it ({})", reasonOf(error)));
  }
  return ConvolutionNetwork(std::move(layers));
}

const ConvolutionPlan& ConvolutionNetwork::plan() const {
  return m_layers->plan;
}

ConvolutionNetwork::Lane ConvolutionNetwork::lane() const {
  auto lane = std::make_unique<Lane::Memory>(m_layers->sizes);
  for (const Layer& layer : m_layers->convolutions) lane->convolutions.push_back(lane->argumentsOf(layer));
  if (m_layers->afterFirst.primitive) lane->afterFirst = lane->argumentsOf(m_layers->afterFirst);
  if (m_layers->last.primitive) lane->last = lane->argumentsOf(m_layers->last);
  return Lane(std::move(lane));
}

void ConvolutionNetwork::writeInput(const Lane::Memory& own, const Image& tile) const {
  const EncoderFacts& facts = m_layers->facts;
  if (m_layers->precision == Precision::Float32)
    return writeNormalised(tile, facts, {static_cast<float*>(own.at(0)), 3 * tile.pixels.size()});
  const auto side = static_cast<size_t>(onednn::sidesOf(m_layers->lies[0])[2]);
  writeBordered(tile, outsidePixel(facts), {static_cast<uint32_t*>(own.at(0)), side * side});
}

/// Pixel by pixel u8, all channels of a pixel together -> the mean of each channel. Sums are exact.
static void meanOfChannels(std::span<const uint8_t> picture, float size, std::span<float> means) {
  std::vector<int32_t> sums(means.size());
  for (size_t pixel = 0; pixel < picture.size(); pixel += means.size())
    for (size_t c = 0; c < means.size(); ++c) sums[c] += picture[pixel + c];
  const double factor = double(size) * double(means.size()) / double(picture.size());
  for (size_t c = 0; c < means.size(); ++c) means[c] = static_cast<float>(factor * sums[c]);
}

void ConvolutionNetwork::run(Lane& lane, const Image& tile, std::span<float> features,
                             const Observer& observer) const {
  const Lane::Memory& own = *lane.m_memory;
  const Layers& layers = *m_layers;
  writeInput(own, tile);
  for (size_t i = 0; i < layers.convolutions.size(); ++i) {
    const Layer& layer = layers.convolutions[i];
    layer.primitive.execute(own.stream, own.convolutions[i]);
    if (observer)
      observer(i, {static_cast<const float*>(own.at(layer.toBuffer)), layer.to.get_size() / sizeof(float)});
    if (i == 0 && layers.plan.pooled) layers.afterFirst.primitive.execute(own.stream, own.afterFirst);
  }
  const auto lastBuffer = static_cast<size_t>(layers.plan.last);
  if (layers.precision == Precision::Int8)
    return meanOfChannels(
        {static_cast<const uint8_t*>(own.at(layers.plan.last)), layers.lies[lastBuffer].get_size()},
        layers.lastSize, features);
  layers.last.primitive.execute(own.stream, own.last);
  std::copy_n(static_cast<const float*>(own.at(layers.last.toBuffer)), features.size(), features.begin());
}

}  // namespace geneglass
