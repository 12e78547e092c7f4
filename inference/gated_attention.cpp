// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/gated_attention.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/dense_layer.h"
#include "inference/own_threads.h"

namespace geneglass {
namespace {

struct Shape {
  int64_t features = 0;   ///< D
  int64_t embedding = 0;  ///< H
  int64_t attention = 0;  ///< A
  int64_t branches = 0;   ///< G
  int64_t outputs = 0;    ///< O
  int64_t parts = 1;      ///< P
  int64_t values() const { return branches * outputs * parts; }
};

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

Result<Shape> shapeOf(const TensorFile& tensors) {
  const auto embedding = sidesOf(tensors, "embedding.weight", 2, "H x D");
  if (!embedding) return tl::unexpected(embedding.error());
  const auto hidden = sidesOf(tensors, "attention.tanh.weight", 3, "G x A x H");
  if (!hidden) return tl::unexpected(hidden.error());
  const auto value = sidesOf(tensors, "value.weight", 3, "G x O x H or G x O x 2 H");
  if (!value) return tl::unexpected(value.error());
  const int64_t h = (*embedding)[0];
  return Shape{(*embedding)[1], h, (*hidden)[1], (*hidden)[0], (*value)[1], (*value)[2] == 2 * h ? 2 : 1};
}

Result<void> check(const TensorFile& tensors, const Shape& shape) {
  const auto [d, h, a, g, o, parts] = shape;
  return checkShapes(tensors, {{"embedding.weight", {h, d}},
                               {"embedding.bias", {h}},
                               {"attention.tanh.weight", {g, a, h}},
                               {"attention.tanh.bias", {g, a}},
                               {"attention.sigmoid.weight", {g, a, h}},
                               {"attention.sigmoid.bias", {g, a}},
                               {"attention.out.weight", {g, a}},
                               {"attention.out.bias", {g}},
                               {"value.weight", {g, o, parts * h}},
                               {"value.bias", {g, o}}});
}

/// Each bias in equal shares for the parts.
StoredTensor sharedOut(const StoredTensor& bias, int64_t parts) {
  StoredTensor shared;
  for (const float value : bias.values)
    shared.values.insert(shared.values.end(), size_t(parts), value / float(parts));
  return shared;
}

}  // namespace

struct GatedHeadNetwork::Layers {
  Layers(const TensorFile& tensors, const Shape& sizes)
      : shape(sizes),
        embedding(tensors.at("embedding.weight"), tensors.at("embedding.bias"), sizes.features,
                  sizes.embedding, After::Relu),
        value(tensors.at("value.weight"), sharedOut(tensors.at("value.bias"), sizes.parts), sizes.embedding,
              sizes.values(), After::Nothing),
        tanh(tensors.at("attention.tanh.weight"), tensors.at("attention.tanh.bias"), sizes.embedding,
             sizes.branches * sizes.attention, After::Tanh),
        sigmoid(tensors.at("attention.sigmoid.weight"), tensors.at("attention.sigmoid.bias"), sizes.embedding,
                sizes.branches * sizes.attention, After::Sigmoid),
        outWeight(tensors.at("attention.out.weight").values),
        outBias(tensors.at("attention.out.bias").values),
        bias(tensors.at("value.bias").values) {}

  std::vector<int64_t> widths() const {
    const int64_t gates = shape.branches * shape.attention;
    return {shape.features, shape.embedding, shape.values(), gates, gates};
  }

  /// Tiles [begin, end), at most kTogether; the rows after them are computed too and left.
  void score(DenseLane& lane, const Matrix& features, size_t begin, size_t end, TileScores& scores) const {
    std::copy_n(features.row(begin).data(), (end - begin) * features.columns, lane.rows(0));
    lane.run(embedding, 0, 1);
    lane.run(value, 1, 2);
    lane.run(tanh, 1, 3);
    lane.run(sigmoid, 1, 4);
    const auto branches = size_t(shape.branches), width = size_t(shape.attention),
               values = size_t(shape.values());
    float *squashed = lane.rows(3), *open = lane.rows(4);
    for (size_t i = 0; i < (end - begin) * branches * width; ++i) squashed[i] *= open[i];
    for (size_t tile = begin; tile < end; ++tile) {
      const float* said = lane.rows(2) + (tile - begin) * values;
      for (size_t i = 0; i < values; ++i) scores.values.at(i, tile) = said[i];
      const float* gated = squashed + (tile - begin) * branches * width;
      for (size_t g = 0; g < branches; ++g)
        scores.logits.at(g, tile) = dotOf(gated + g * width, &outWeight[g * width], width) + outBias[g];
    }
  }

  Shape shape;
  DenseLayer embedding, value, tanh, sigmoid;
  std::vector<float> outWeight, outBias, bias;
};

GatedHeadNetwork::GatedHeadNetwork(std::unique_ptr<Layers> layers) : m_layers(std::move(layers)) {}
GatedHeadNetwork::GatedHeadNetwork(GatedHeadNetwork&&) noexcept = default;
GatedHeadNetwork& GatedHeadNetwork::operator=(GatedHeadNetwork&&) noexcept = default;
GatedHeadNetwork::~GatedHeadNetwork() = default;

Result<GatedHeadNetwork> GatedHeadNetwork::make(const TensorFile& tensors) {
  const Result<Shape> shape = shapeOf(tensors);
  if (!shape) return tl::unexpected(shape.error());
  if (const Result<void> checked = check(tensors, *shape); !checked) return tl::unexpected(checked.error());
  try {
    const OneOpenMpThread alone;  // as where it runs
    return GatedHeadNetwork(std::make_unique<Layers>(tensors, *shape));
  } catch (const dnnl::error& error) {
    return fail(fmt::format("oneDNN cannot run it ({})", error.what()));
  }
}

int GatedHeadNetwork::features() const {
  return static_cast<int>(m_layers->shape.features);
}

int GatedHeadNetwork::branches() const {
  return static_cast<int>(m_layers->shape.branches);
}

int GatedHeadNetwork::outputs() const {
  return static_cast<int>(m_layers->shape.outputs);
}

BagPool GatedHeadNetwork::pool() const {
  return m_layers->shape.parts == 2 ? BagPool::Extremes : BagPool::Attention;
}

float GatedHeadNetwork::bias(size_t branch, size_t output) const {
  return m_layers->bias[branch * size_t(outputs()) + output];
}

TileScores GatedHeadNetwork::scores(const Matrix& features) const {
  const Layers& layers = *m_layers;
  TileScores scores{Matrix(size_t(layers.shape.values()), features.rows),
                    Matrix(size_t(layers.shape.branches), features.rows)};
  inLanes(features.rows, layers.widths(), [&](DenseLane& lane, size_t begin, size_t end) {
    layers.score(lane, features, begin, end, scores);
  });
  return scores;
}

}  // namespace geneglass
