// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/head_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "inference/head/dense_layer.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
struct HeadShape {
  HeadKind kind = HeadKind::AttentionRegression;
  int64_t features = 0;   ///< D
  int64_t embedding = 0;  ///< H
  int64_t attention = 0;  ///< A
  int64_t branches = 0;   ///< G
  int64_t outputs = 1;    ///< O
  int64_t parts = 1;      ///< P
  bool gated() const { return kind == HeadKind::GatedAttention; }
  int64_t values() const { return branches * outputs * parts; }
  int64_t hidden() const { return attention * (gated() ? 2 : 1); }  ///< columns of a branch
};

namespace {

/// The sides of a tensor that has `sides` of them.
Result<std::vector<int64_t>> sidesOf(const TensorFile& tensors, const char* name, size_t sides,
                                     const char* shape) {
  const auto found = tensors.find(name);
  if (found == tensors.end() || found->second.shape.size() != sides)
    return fail(fmt::format("the tensor '{}' is missing or not {}", name, shape));
  const std::vector<int64_t>& all = found->second.shape;
  if (std::any_of(all.begin(), all.end(), [](int64_t side) { return side <= 0; }))
    return fail("a layer has no width");
  return all;
}

Result<HeadShape> shapeOf(HeadKind kind, const TensorFile& tensors) {
  const bool gated = kind == HeadKind::GatedAttention;
  const auto embedding = sidesOf(tensors, "embedding.weight", 2, "H x D");
  if (!embedding) return tl::unexpected(embedding.error());
  const auto hidden =
      sidesOf(tensors, gated ? "attention.tanh.weight" : "attention.hidden.weight", 3, "G x A x H");
  if (!hidden) return tl::unexpected(hidden.error());
  HeadShape shape{kind, (*embedding)[1], (*embedding)[0], (*hidden)[1], (*hidden)[0]};
  if (!gated) return shape;
  const auto value = sidesOf(tensors, "value.weight", 3, "G x O x H or G x O x 2 H");
  if (!value) return tl::unexpected(value.error());
  shape.outputs = (*value)[1];
  shape.parts = (*value)[2] == 2 * shape.embedding ? 2 : 1;
  return shape;
}

Result<void> check(const TensorFile& tensors, const HeadShape& shape) {
  const int64_t d = shape.features, h = shape.embedding, a = shape.attention, g = shape.branches,
                o = shape.outputs;
  TensorShapes needed{{"embedding.weight", {h, d}},
                      {"embedding.bias", {h}},
                      {"attention.out.weight", {g, a}},
                      {"attention.out.bias", {g}}};
  if (shape.gated())
    needed.merge(TensorShapes{{"attention.tanh.weight", {g, a, h}},
                              {"attention.tanh.bias", {g, a}},
                              {"attention.sigmoid.weight", {g, a, h}},
                              {"attention.sigmoid.bias", {g, a}},
                              {"value.weight", {g, o, shape.parts * h}},
                              {"value.bias", {g, o}}});
  else
    needed.merge(TensorShapes{{"attention.hidden.weight", {g, a, h}},
                              {"attention.hidden.bias", {g, a}},
                              {"value.weight", {g, h}},
                              {"value.bias", {g}}});
  return checkShapes(tensors, needed);
}

/// Each bias in equal shares for the parts.
StoredTensor sharedOut(const StoredTensor& bias, int64_t parts) {
  StoredTensor shared;
  for (const float value : bias.values)
    shared.values.insert(shared.values.end(), size_t(parts), value / float(parts));
  return shared;
}

/// All branches' rows of the attention's hidden layer, `width` numbers a branch: those for tanh and, of a
/// gated head, those for the sigmoid halved, since sigmoid(z) = (1 + tanh(z / 2)) / 2.
StoredTensor hiddenOf(const TensorFile& tensors, const HeadShape& shape, const char* part, int64_t width) {
  if (!shape.gated()) return tensors.at(std::string("attention.hidden.") + part);
  const float* straight = tensors.at(std::string("attention.tanh.") + part).values.data();
  const float* gate = tensors.at(std::string("attention.sigmoid.") + part).values.data();
  StoredTensor rows;
  for (int64_t branch = 0; branch < shape.branches; ++branch, straight += width, gate += width) {
    rows.values.insert(rows.values.end(), straight, straight + width);
    std::transform(gate, gate + width, std::back_inserter(rows.values),
                   [](float value) { return value / 2; });
  }
  return rows;
}

/// sum_i w_i tanh_i (1 + gate_i) / 2, in dotOf's order.
float gatedDot(const float* squashed, const float* weight, size_t width) {
  constexpr size_t kSums = 16;
  const float* gate = squashed + width;
  const auto term = [&](size_t i) { return weight[i] * squashed[i] * (0.5f + 0.5f * gate[i]); };
  std::array<float, kSums> sums{};
  size_t i = 0;
  for (; i + kSums <= width; i += kSums)
    for (size_t j = 0; j < kSums; ++j) sums[j] += term(i + j);
  float sum = 0;
  for (; i < width; ++i) sum += term(i);
  for (const float part : sums) sum += part;
  return sum;
}

}  // namespace

struct HeadNetwork::Layers {
  Layers(const TensorFile& tensors, const HeadShape& sizes)
      : shape(sizes),
        embedding(tensors.at("embedding.weight"), tensors.at("embedding.bias"), sizes.features,
                  sizes.embedding, sizes.gated() ? After::Relu : After::Nothing),
        value(tensors.at("value.weight"), sharedOut(tensors.at("value.bias"), sizes.parts), sizes.embedding,
              sizes.values(), After::Nothing),
        hidden(hiddenOf(tensors, sizes, "weight", sizes.attention * sizes.embedding),
               hiddenOf(tensors, sizes, "bias", sizes.attention), sizes.embedding,
               sizes.branches * sizes.hidden(), After::Tanh),
        outWeight(tensors.at("attention.out.weight").values),
        outBias(tensors.at("attention.out.bias").values),
        bias(tensors.at("value.bias").values) {}

  std::vector<int64_t> widths() const {
    return {shape.features, shape.embedding, shape.values(), shape.branches * shape.hidden()};
  }

  /// Tiles [begin, end), at most kTogether; the rows after them are computed too and left.
  void score(DenseLane& lane, const Matrix& features, size_t begin, size_t end, TileScores& scores) const {
    std::copy_n(features.row(begin).data(), (end - begin) * features.columns, lane.rows(0));
    lane.run(embedding, 0, 1);
    lane.run(value, 1, 2);
    lane.run(hidden, 1, 3);
    const float limit = shape.gated() ? std::numeric_limits<float>::infinity() : float(kClamp);
    const auto values = size_t(shape.values()), branches = size_t(shape.branches);
    const auto width = size_t(shape.attention), columns = size_t(shape.hidden());
    for (size_t tile = begin; tile < end; ++tile) {
      const float* said = lane.rows(2) + (tile - begin) * values;
      const float* squashed = lane.rows(3) + (tile - begin) * branches * columns;
      for (size_t i = 0; i < values; ++i) scores.values.at(i, tile) = std::clamp(said[i], -limit, limit);
      for (size_t g = 0; g < branches; ++g, squashed += columns)
        scores.logits.at(g, tile) = (shape.gated() ? gatedDot(squashed, &outWeight[g * width], width)
                                                   : dotOf(squashed, &outWeight[g * width], width)) +
                                    outBias[g];
    }
  }

  HeadShape shape;
  DenseLayer embedding, value, hidden;
  std::vector<float> outWeight, outBias, bias;
};

HeadNetwork::HeadNetwork(std::unique_ptr<Layers> layers) : m_layers(std::move(layers)) {}
HeadNetwork::HeadNetwork(HeadNetwork&&) noexcept = default;
HeadNetwork& HeadNetwork::operator=(HeadNetwork&&) noexcept = default;
HeadNetwork::~HeadNetwork() = default;

Result<HeadNetwork> HeadNetwork::make(HeadKind kind, const TensorFile& tensors) {
  const Result<HeadShape> shape = shapeOf(kind, tensors);
  if (!shape) return tl::unexpected(shape.error());
  if (const Result<void> checked = check(tensors, *shape); !checked) return tl::unexpected(checked.error());
  try {
    const OneOpenMpThread alone;  // as where it runs
    return HeadNetwork(std::make_unique<Layers>(tensors, *shape));
  } catch (const dnnl::error& error) {
    return fail(fmt::format("oneDNN cannot run it ({})", error.what()));
  }
}

HeadKind HeadNetwork::kind() const {
  return m_layers->shape.kind;
}

int HeadNetwork::features() const {
  return static_cast<int>(m_layers->shape.features);
}

int HeadNetwork::branches() const {
  return static_cast<int>(m_layers->shape.branches);
}

int HeadNetwork::outputs() const {
  return static_cast<int>(m_layers->shape.outputs);
}

BagPool HeadNetwork::pool() const {
  return m_layers->shape.parts == 2 ? BagPool::Extremes : BagPool::Attention;
}

float HeadNetwork::bias(size_t branch, size_t output) const {
  return m_layers->bias[branch * size_t(outputs()) + output];
}

TileScores HeadNetwork::scores(const Matrix& features) const {
  const Layers& layers = *m_layers;
  TileScores scores{Matrix(size_t(layers.shape.values()), features.rows),
                    Matrix(size_t(layers.shape.branches), features.rows)};
  inLanes(features.rows, layers.widths(), [&](DenseLane& lane, size_t begin, size_t end) {
    layers.score(lane, features, begin, end, scores);
  });
  return scores;
}

}  // namespace geneglass
