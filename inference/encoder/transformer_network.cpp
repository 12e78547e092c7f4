// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/transformer_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "inference/encoder/lane_buffers.h"
#include "inference/encoder/network_input.h"
#include "inference/encoder/onednn_version.h"
#include "inference/encoder/token_loops.h"
#include "inference/encoder/transformer_shapes.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

/// Tokens as they are; normalised, and what attention gives; queries, keys and values, and the inner numbers
/// of the perceptron; those after a gate; one head's scores, and these as they are multiplied; a row of
/// floats to become one of bfloat16. The first and the scores are always floats.
enum TokenBuffer { kTokens, kNormed, kWide, kGated, kScores, kMixing, kRow, kTokenBuffers };

struct TokenNorm {
  std::vector<float> scale, shift;
};

/// Attention of `rows` queries to all tokens, a head at a time.
struct Attention {
  dnnl::matmul scores, mix;
  dnnl::memory::desc queries, keys, values, mixed, found, weights, scoresScratch, mixScratch;
};

struct TokenBlock {
  TokenNorm first, second;
  Layer qkv, proj, widen, narrow;
  int rows = 0;  ///< tokens that come out: all, or in the last block those that are pooled
};

/// What a thread works with.
struct TokenLane {
  struct Head {
    LayerArguments scores, mix;
  };
  struct Arguments {
    LayerArguments qkv, proj, widen, narrow;
  };
  LaneBuffers own;
  LayerArguments patch, projection;
  std::vector<Arguments> blocks;
  std::vector<Head> allRows, lastRows;
};

class TransformerNetwork final : public TileNetwork {
 public:
  /// Throws dnnl::error and std::bad_alloc. The tensors have been checked.
  TransformerNetwork(const EncoderFacts& facts, TensorFile tensors, Precision precision)
      : m_facts(facts),
        m_of(facts.transformer),
        m_tokens(tokensOf(m_of, facts.tile)),
        m_half(precision == Precision::Bfloat16) {
    m_sizes.buffers.resize(kTokenBuffers, 1);
    build(tensors);
  }

  /// The rows of one tile fill the processor's registers: more are no faster, and a stop has to wait for
  /// them.
  size_t together() const override { return 1; }

  void prepare(size_t threads) override {
    while (m_lanes.size() < threads) m_lanes.push_back(makeLane());
  }

  void compute(size_t thread, std::span<const Image> tiles, std::span<float> features,
               const std::stop_token& stop) override {
    const size_t width = features.size() / tiles.size();
    for (size_t i = 0; i < tiles.size(); ++i)
      run(*m_lanes[thread], tiles[i], features.subspan(i * width, width), stop);
  }

 private:
  void build(TensorFile& tensors);
  void buildBlock(TensorFile& tensors, int number);
  Attention attentionOf(int rows);
  std::vector<TokenLane::Head> headsOf(const LaneBuffers& own, const Attention& attention) const;
  std::unique_ptr<TokenLane> makeLane() const;
  void run(const TokenLane& lane, const Image& tile, std::span<float> features,
           const std::stop_token& stop) const;
  void writePatches(const LaneBuffers& own, const Image& tile) const;
  void attend(const TokenLane& lane, const TokenBlock& block) const;
  void writeFeatures(const TokenLane& lane, std::span<float> features) const;
  void normalise(const TokenNorm& norm, size_t rows, const float* from, float* to) const;
  void normaliseInto(const LaneBuffers& own, const TokenNorm& norm, size_t rows) const;
  void weigh(const LaneBuffers& own, size_t rows) const;
  void activate(const LaneBuffers& own, size_t rows) const;
  dnnl::memory::data_type type() const {
    return m_half ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32;
  }
  size_t bytes() const { return m_half ? sizeof(uint16_t) : sizeof(float); }
  TokenBuffer weights() const { return m_half ? kMixing : kScores; }

  const EncoderFacts m_facts;
  const TransformerFacts m_of;
  const int m_tokens;
  const bool m_half;     ///< bfloat16
  int m_pooledRows = 0;  ///< tokens that the features are made of, the first of all
  std::vector<float> m_prefix, m_position;
  TokenNorm m_firstNorm, m_norm, m_poolNorm;  ///< empty where there is none
  Layer m_patch, m_projection;
  std::vector<TokenBlock> m_blocks;
  Attention m_allRows, m_lastRows;
  BufferSizes m_sizes;
  std::vector<std::unique_ptr<TokenLane>> m_lanes;
};

StoredTensor take(TensorFile& tensors, const std::string& name) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) return {};
  StoredTensor taken = std::move(found->second);
  tensors.erase(found);
  return taken;
}

TokenNorm takeNorm(TensorFile& tensors, const std::string& name) {
  return {take(tensors, name + ".weight").values, take(tensors, name + ".bias").values};
}

Layer tokenLayer(int rows, const StoredTensor& weight, const StoredTensor& bias, const dnnl::post_ops& after,
                 TokenBuffer from, TokenBuffer to, TokenTypes types = {}) {
  Layer layer = tokenProduct(rows, weight, bias, after, types);
  layer.fromBuffer = from;
  layer.toBuffer = to;
  return layer;
}

dnnl::post_ops added() {
  dnnl::post_ops after;
  after.append_sum(1);
  return after;
}

/// What oneDNN does faster than token_loops.h; the GELU of floats it does not.
dnnl::post_ops activated(TokenActivation activation, bool half) {
  dnnl::post_ops after;
  if (activation == TokenActivation::QuickGelu)
    onednn::appendActivation(after, dnnl::algorithm::eltwise_swish, 1.702f, 0);
  if (activation == TokenActivation::Gelu && half)
    onednn::appendActivation(after, dnnl::algorithm::eltwise_gelu_erf, 0, 0);
  return after;
}

void TransformerNetwork::build(TensorFile& tensors) {
  m_prefix = take(tensors, "prefix").values;
  m_position = take(tensors, "position").values;
  const StoredTensor patch = take(tensors, "patch.weight");
  const StoredTensor none{{m_of.across}, std::vector<float>(static_cast<size_t>(m_of.across))};
  m_patch = tokenLayer(m_tokens - m_of.prefix, patch, none, added(), kNormed, kTokens);
  m_patch.toOffset = m_prefix.size() * sizeof(float);
  m_sizes.cover(m_patch);
  m_sizes.cover(kWide,
                sizeof(float) * 3 * static_cast<size_t>(m_facts.tile) * static_cast<size_t>(m_facts.tile));
  m_sizes.cover(kNormed, sizeof(float) * 2 * static_cast<size_t>(m_of.across));
  if (m_half)
    m_sizes.cover(kRow, sizeof(float) * static_cast<size_t>(std::max(m_of.across, 3 * m_of.hidden)));
  m_firstNorm = takeNorm(tensors, "first_norm");
  m_pooledRows = m_of.pool == TokenPool::Class ? 1 : m_tokens;
  m_allRows = attentionOf(m_tokens);
  m_lastRows = attentionOf(m_pooledRows);
  for (int number = 0; number < m_of.depth; ++number) buildBlock(tensors, number);
  m_norm = takeNorm(tensors, "norm");
  m_poolNorm = takeNorm(tensors, "pool_norm");
  const StoredTensor projection = take(tensors, "projection.weight");
  if (projection.values.empty()) return;
  const StoredTensor zeros{{m_facts.width}, std::vector<float>(static_cast<size_t>(m_facts.width))};
  m_projection = tokenLayer(1, projection, zeros, {}, kNormed, kWide);
  m_sizes.cover(m_projection);
}

void TransformerNetwork::buildBlock(TensorFile& tensors, int number) {
  const std::string name = fmt::format("blocks.{}.", number);
  const bool gated = m_of.activation == TokenActivation::SwiGlu;
  TokenBlock block;
  block.rows = number + 1 == m_of.depth ? m_pooledRows : m_tokens;
  block.first = takeNorm(tensors, name + "norm1");
  block.second = takeNorm(tensors, name + "norm2");
  StoredTensor qkv = take(tensors, name + "qkv.weight"), bias = take(tensors, name + "qkv.bias");
  const int across = m_of.across / m_of.heads;
  const float scale = 1 / std::sqrt(static_cast<float>(across));
  for (StoredTensor* tensor : {&qkv, &bias})
    for (float& value : std::span(tensor->values).first(tensor->values.size() / 3)) value *= scale;
  block.qkv = tokenLayer(m_tokens, qkv, bias, {}, kNormed, kWide, {type(), type()});
  const auto layer = [&](const char* which, const dnnl::post_ops& after, TokenBuffer from, TokenBuffer to) {
    const TokenTypes types{type(), to == kTokens ? dnnl::memory::data_type::f32 : type()};
    return tokenLayer(block.rows, take(tensors, name + which + ".weight"),
                      take(tensors, name + which + ".bias"), after, from, to, types);
  };
  block.proj = layer("proj", added(), kNormed, kTokens);
  block.widen = layer("fc1", activated(m_of.activation, m_half), kNormed, kWide);
  block.narrow = layer("fc2", added(), gated ? kGated : kWide, kTokens);
  for (const Layer* one : {&block.qkv, &block.proj, &block.widen, &block.narrow}) m_sizes.cover(*one);
  m_blocks.push_back(std::move(block));
}

Attention TransformerNetwork::attentionOf(int rows) {
  const dnnl::memory::data_type kind = type();
  const dnnl::memory::dim across = m_of.across, each = across / m_of.heads, all = m_tokens;
  Attention attention;
  attention.queries = {{rows, each}, kind, dnnl::memory::dims{3 * across, 1}};
  attention.keys = {{each, all}, kind, dnnl::memory::dims{1, 3 * across}};
  attention.values = {{all, each}, kind, dnnl::memory::dims{3 * across, 1}};
  attention.found = {{rows, all}, dnnl::memory::data_type::f32, dnnl::memory::dims{all, 1}};
  attention.weights = {{rows, all}, kind, dnnl::memory::dims{all, 1}};
  attention.mixed = {{rows, each}, kind, dnnl::memory::dims{across, 1}};
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  const auto scores = onednn::matrixProduct(processor(), attention.queries, attention.keys, attention.found,
                                            attributes),
             mix = onednn::matrixProduct(processor(), attention.weights, attention.values, attention.mixed,
                                         attributes);
  attention.scores = dnnl::matmul(scores);
  attention.mix = dnnl::matmul(mix);
  attention.scoresScratch = scores.scratchpad_desc();
  attention.mixScratch = mix.scratchpad_desc();
  m_sizes.cover(kScores, attention.found.get_size());
  m_sizes.cover(weights(), attention.weights.get_size());
  m_sizes.scratch =
      std::max({m_sizes.scratch, attention.scoresScratch.get_size(), attention.mixScratch.get_size()});
  return attention;
}

std::vector<TokenLane::Head> TransformerNetwork::headsOf(const LaneBuffers& own,
                                                         const Attention& attention) const {
  const auto across = static_cast<size_t>(m_of.across), each = across / static_cast<size_t>(m_of.heads);
  const auto memoryOf = [&](const dnnl::memory::desc& desc, TokenBuffer buffer, size_t column) {
    return dnnl::memory(desc, processor(),
                        own.at(buffer, column * (buffer == kScores ? sizeof(float) : bytes())));
  };
  std::vector<TokenLane::Head> heads;
  for (size_t column = 0; column < across; column += each)
    heads.push_back(
        {{{DNNL_ARG_SRC, memoryOf(attention.queries, kWide, column)},
          {DNNL_ARG_WEIGHTS, memoryOf(attention.keys, kWide, across + column)},
          {DNNL_ARG_DST, memoryOf(attention.found, kScores, 0)},
          {DNNL_ARG_SCRATCHPAD, {attention.scoresScratch, processor(), own.scratch.get_data_handle()}}},
         {{DNNL_ARG_SRC, memoryOf(attention.weights, weights(), 0)},
          {DNNL_ARG_WEIGHTS, memoryOf(attention.values, kWide, 2 * across + column)},
          {DNNL_ARG_DST, memoryOf(attention.mixed, kNormed, column)},
          {DNNL_ARG_SCRATCHPAD, {attention.mixScratch, processor(), own.scratch.get_data_handle()}}}});
  return heads;
}

std::unique_ptr<TokenLane> TransformerNetwork::makeLane() const {
  auto lane = std::make_unique<TokenLane>(TokenLane{LaneBuffers(m_sizes), {}, {}, {}, {}, {}});
  lane->patch = lane->own.argumentsOf(m_patch);
  if (m_projection.primitive) lane->projection = lane->own.argumentsOf(m_projection);
  for (const TokenBlock& block : m_blocks)
    lane->blocks.push_back({lane->own.argumentsOf(block.qkv), lane->own.argumentsOf(block.proj),
                            lane->own.argumentsOf(block.widen), lane->own.argumentsOf(block.narrow)});
  lane->allRows = headsOf(lane->own, m_allRows);
  lane->lastRows = headsOf(lane->own, m_lastRows);
  return lane;
}

/// A row a patch: all red of it, then green, then blue.
void TransformerNetwork::writePatches(const LaneBuffers& own, const Image& tile) const {
  const auto side = static_cast<size_t>(m_facts.tile), patch = static_cast<size_t>(m_of.patch);
  const size_t across = side / patch, each = patch * patch;
  const float* planes = own.floats(kWide);
  writeNormalised(tile, m_facts, {own.floats(kWide), 3 * side * side});
  for (size_t plane = 0; plane < 3; ++plane)
    for (size_t y = 0; y < side; ++y)
      for (size_t column = 0; column < across; ++column, planes += patch) {
        const size_t row = y / patch * across + column;
        std::copy_n(planes, patch, own.floats(kNormed) + row * 3 * each + plane * each + y % patch * patch);
      }
}

void TransformerNetwork::normalise(const TokenNorm& norm, size_t rows, const float* from, float* to) const {
  normaliseRows(from, rows, norm.scale.size(), norm.scale.data(), norm.shift.data(), m_of.epsilon, to);
}

/// Tokens -> kNormed, as they are multiplied.
void TransformerNetwork::normaliseInto(const LaneBuffers& own, const TokenNorm& norm, size_t rows) const {
  if (!m_half) return normalise(norm, rows, own.floats(kTokens), own.floats(kNormed));
  const size_t across = norm.scale.size();
  for (size_t row = 0; row < rows; ++row) {
    normalise(norm, 1, own.floats(kTokens) + row * across, own.floats(kRow));
    roundToBfloat16(own.floats(kRow), across, own.halves(kNormed) + row * across);
  }
}

/// Scores -> weights().
void TransformerNetwork::weigh(const LaneBuffers& own, size_t rows) const {
  const auto all = static_cast<size_t>(m_tokens);
  if (!m_half) return softmaxRows(own.floats(kScores), rows, all);
  for (size_t row = 0; row < rows; ++row) {
    softmaxRows(own.floats(kScores) + row * all, 1, all);
    roundToBfloat16(own.floats(kScores) + row * all, all, own.halves(kMixing) + row * all);
  }
}

/// What oneDNN has not done.
void TransformerNetwork::activate(const LaneBuffers& own, size_t rows) const {
  const auto hidden = static_cast<size_t>(m_of.hidden);
  if (m_of.activation == TokenActivation::Gelu && !m_half) applyGelu(own.floats(kWide), rows * hidden);
  if (m_of.activation != TokenActivation::SwiGlu) return;
  if (!m_half) return gateRows(own.floats(kWide), rows, hidden, own.floats(kGated));
  float* const row = own.floats(kRow);
  for (size_t i = 0; i < rows; ++i) {
    widenBfloat16(own.halves(kWide) + i * 2 * hidden, 2 * hidden, row);
    gateRows(row, 1, hidden, row + 2 * hidden);
    roundToBfloat16(row + 2 * hidden, hidden, own.halves(kGated) + i * hidden);
  }
}

void TransformerNetwork::attend(const TokenLane& lane, const TokenBlock& block) const {
  const bool all = block.rows == m_tokens;
  const Attention& attention = all ? m_allRows : m_lastRows;
  for (const TokenLane::Head& head : all ? lane.allRows : lane.lastRows) {
    attention.scores.execute(lane.own.stream, head.scores);
    weigh(lane.own, static_cast<size_t>(block.rows));
    attention.mix.execute(lane.own.stream, head.mix);
  }
}

void TransformerNetwork::run(const TokenLane& lane, const Image& tile, std::span<float> features,
                             const std::stop_token& stop) const {
  const LaneBuffers& own = lane.own;
  const auto tokens = static_cast<size_t>(m_tokens);
  float* const x = own.floats(kTokens);
  writePatches(own, tile);
  std::ranges::copy(m_position, std::ranges::copy(m_prefix, x).out);
  m_patch.primitive.execute(own.stream, lane.patch);
  if (!m_firstNorm.scale.empty()) normalise(m_firstNorm, tokens, x, x);
  const auto goOn = [&] {
    if (stop.stop_requested()) throw std::runtime_error("it was stopped");
  };
  for (size_t i = 0; i < m_blocks.size(); ++i) {
    const TokenBlock& block = m_blocks[i];
    const auto rows = static_cast<size_t>(block.rows);
    goOn();
    normaliseInto(own, block.first, tokens);
    block.qkv.primitive.execute(own.stream, lane.blocks[i].qkv);
    attend(lane, block);
    block.proj.primitive.execute(own.stream, lane.blocks[i].proj);
    goOn();
    normaliseInto(own, block.second, rows);
    block.widen.primitive.execute(own.stream, lane.blocks[i].widen);
    activate(own, rows);
    block.narrow.primitive.execute(own.stream, lane.blocks[i].narrow);
  }
  writeFeatures(lane, features);
}

void TransformerNetwork::writeFeatures(const TokenLane& lane, std::span<float> features) const {
  const auto across = static_cast<size_t>(m_of.across), prefix = static_cast<size_t>(m_of.prefix);
  float *x = lane.own.floats(kTokens), *pooled = lane.own.floats(kNormed);
  if (!m_norm.scale.empty()) normalise(m_norm, static_cast<size_t>(m_pooledRows), x, x);
  const bool leads = m_of.pool != TokenPool::Mean;
  if (leads) std::copy_n(x, across, pooled);
  if (m_of.pool != TokenPool::Class)
    meanOfRows(x + prefix * across, static_cast<size_t>(m_tokens) - prefix, across,
               leads ? pooled + across : pooled);
  if (!m_poolNorm.scale.empty()) normalise(m_poolNorm, 1, pooled, pooled);
  if (m_projection.primitive) {
    m_projection.primitive.execute(lane.own.stream, lane.projection);
    pooled = lane.own.floats(kWide);
  }
  std::copy_n(pooled, features.size(), features.begin());
}

}  // namespace

Result<std::unique_ptr<TileNetwork>> makeTransformer(const EncoderFacts& facts, TensorFile tensors,
                                                     Precision precision) {
  if (Result<void> fits = checkTransformer(facts, tensors); !fits) return tl::unexpected(fits.error());
  const OneOpenMpThread oneThread;
  try {
    return std::make_unique<TransformerNetwork>(facts, std::move(tensors), precision);
  } catch (const std::exception& error) {
    return fail(fmt::format("oneDNN cannot compute it ({})", reasonOf(error)));
  }
}

}  // namespace geneglass
