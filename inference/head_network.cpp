// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "inference/dense_layer.h"
#include "inference/own_threads.h"

namespace geneglass {
namespace {

struct Shape {
  int64_t features = 0;   ///< D
  int64_t embedding = 0;  ///< H
  int64_t attention = 0;  ///< A
  int64_t genes = 0;      ///< G
};

Result<Shape> shapeOf(const TensorFile& tensors) {
  const auto embedding = tensors.find("embedding.weight"), hidden = tensors.find("attention.hidden.weight");
  if (embedding == tensors.end() || embedding->second.shape.size() != 2)
    return fail("the tensor 'embedding.weight' is missing or not H x D");
  if (hidden == tensors.end() || hidden->second.shape.size() != 3)
    return fail("the tensor 'attention.hidden.weight' is missing or not G x A x H");
  const Shape shape{embedding->second.shape[1], embedding->second.shape[0], hidden->second.shape[1],
                    hidden->second.shape[0]};
  if (shape.features <= 0 || shape.embedding <= 0 || shape.attention <= 0 || shape.genes <= 0)
    return fail("a layer has no width");
  return shape;
}

Result<void> check(const TensorFile& tensors, const Shape& shape) {
  const auto [d, h, a, g] = shape;
  const TensorShapes needed{{"embedding.weight", {h, d}},
                            {"embedding.bias", {h}},
                            {"value.weight", {g, h}},
                            {"value.bias", {g}},
                            {"attention.hidden.weight", {g, a, h}},
                            {"attention.hidden.bias", {g, a}},
                            {"attention.out.weight", {g, a}},
                            {"attention.out.bias", {g}}};
  return checkShapes(tensors, needed);
}

}  // namespace

struct HeadNetwork::Layers {
  Layers(const TensorFile& tensors, const Shape& sizes)
      : shape(sizes),
        embedding(tensors.at("embedding.weight"), tensors.at("embedding.bias"), sizes.features,
                  sizes.embedding, After::Nothing),
        value(tensors.at("value.weight"), tensors.at("value.bias"), sizes.embedding, sizes.genes,
              After::Nothing),
        hidden(tensors.at("attention.hidden.weight"), tensors.at("attention.hidden.bias"), sizes.embedding,
               sizes.genes * sizes.attention, After::Tanh),
        outWeight(tensors.at("attention.out.weight").values),
        outBias(tensors.at("attention.out.bias").values) {}

  std::vector<int64_t> widths() const {
    return {shape.features, shape.embedding, shape.genes, shape.genes * shape.attention};
  }

  /// Tiles [begin, end), at most kTogether; the rows after them are computed too and left.
  void score(DenseLane& lane, const Matrix& features, size_t begin, size_t end, TileScores& scores) const {
    std::copy_n(features.row(begin).data(), (end - begin) * features.columns, lane.rows(0));
    lane.run(embedding, 0, 1);
    lane.run(value, 1, 2);
    lane.run(hidden, 1, 3);
    const auto genes = static_cast<size_t>(shape.genes), width = static_cast<size_t>(shape.attention);
    for (size_t tile = begin; tile < end; ++tile) {
      const float* values = lane.rows(2) + (tile - begin) * genes;
      const float* squashed = lane.rows(3) + (tile - begin) * genes * width;
      for (size_t gene = 0; gene < genes; ++gene) {
        scores.values.at(gene, tile) = std::clamp(values[gene], -float(kClamp), float(kClamp));
        scores.logits.at(gene, tile) =
            dotOf(squashed + gene * width, &outWeight[gene * width], width) + outBias[gene];
      }
    }
  }

  Shape shape;
  DenseLayer embedding, value, hidden;
  std::vector<float> outWeight, outBias;
};

HeadNetwork::HeadNetwork(std::unique_ptr<Layers> layers) : m_layers(std::move(layers)) {}
HeadNetwork::HeadNetwork(HeadNetwork&&) noexcept = default;
HeadNetwork& HeadNetwork::operator=(HeadNetwork&&) noexcept = default;
HeadNetwork::~HeadNetwork() = default;

Result<HeadNetwork> HeadNetwork::make(const TensorFile& tensors) {
  const Result<Shape> shape = shapeOf(tensors);
  if (!shape) return tl::unexpected(shape.error());
  if (const Result<void> checked = check(tensors, *shape); !checked) return tl::unexpected(checked.error());
  try {
    const OneOpenMpThread alone;  // as where it runs
    return HeadNetwork(std::make_unique<Layers>(tensors, *shape));
  } catch (const dnnl::error& error) {
    return fail(fmt::format("oneDNN cannot run it ({})", error.what()));
  }
}

int HeadNetwork::features() const {
  return static_cast<int>(m_layers->shape.features);
}

int HeadNetwork::genes() const {
  return static_cast<int>(m_layers->shape.genes);
}

TileScores HeadNetwork::scores(const Matrix& features) const {
  const Layers& layers = *m_layers;
  const auto genes = static_cast<size_t>(layers.shape.genes);
  TileScores scores{Matrix(genes, features.rows), Matrix(genes, features.rows)};
  inLanes(features.rows, layers.widths(), [&](DenseLane& lane, size_t begin, size_t end) {
    layers.score(lane, features, begin, end, scores);
  });
  return scores;
}

}  // namespace geneglass
