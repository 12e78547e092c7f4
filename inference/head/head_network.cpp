// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/head_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "inference/head/sliced_layer.h"
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
  bool linear() const { return kind == HeadKind::Linear; }
  int64_t values() const { return outputs * parts; }                ///< of a branch
  int64_t hidden() const { return attention * (gated() ? 2 : 1); }  ///< columns of a branch
  double clamp() const {
    return kind == HeadKind::AttentionRegression ? HeadNetwork::kClamp
                                                 : std::numeric_limits<double>::infinity();
  }
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

Result<HeadShape> linearShape(const TensorFile& tensors) {
  const auto value = sidesOf(tensors, "value.weight", 2, "G x D");
  if (!value) return tl::unexpected(value.error());
  return HeadShape{HeadKind::Linear, (*value)[1], (*value)[1], 0, (*value)[0]};
}

Result<HeadShape> shapeOf(HeadKind kind, const TensorFile& tensors) {
  if (kind == HeadKind::Linear) return linearShape(tensors);
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
  if (shape.linear()) return checkShapes(tensors, {{"value.weight", {g, d}}, {"value.bias", {g}}});
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
std::vector<float> sharedOut(const std::vector<float>& bias, int64_t parts) {
  std::vector<float> shared;
  for (const float value : bias) shared.insert(shared.end(), size_t(parts), value / float(parts));
  return shared;
}

std::vector<float> taken(TensorFile& tensors, const std::string& name) {
  return std::move(tensors.at(name).values);
}

/// All branches' rows of the attention's hidden layer, `width` numbers a branch: those for tanh and, of a
/// gated head, those for the sigmoid halved, since sigmoid(z) = (1 + tanh(z / 2)) / 2.
std::vector<float> hiddenOf(TensorFile& tensors, const HeadShape& shape, const char* part, int64_t width) {
  if (!shape.gated()) return taken(tensors, std::string("attention.hidden.") + part);
  const std::vector<float> straight = taken(tensors, std::string("attention.tanh.") + part);
  const std::vector<float> gate = taken(tensors, std::string("attention.sigmoid.") + part);
  std::vector<float> rows;
  rows.reserve(2 * gate.size());
  for (auto branch = straight.begin(), half = gate.begin(); branch != straight.end();
       branch += width, half += width) {
    rows.insert(rows.end(), branch, branch + width);
    std::transform(half, half + width, std::back_inserter(rows), [](float value) { return value / 2; });
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
  Layers(TensorFile tensors, const HeadShape& sizes)
      : shape(sizes),
        bias(taken(tensors, "value.bias")),
        value(taken(tensors, "value.weight"), sharedOut(bias, sizes.parts), sizes.embedding,
              sizes.values() * sizes.branches, sizes.values() * int64_t(kTogether), After::Nothing) {
    if (shape.linear()) return;
    attention.emplace(tensors, sizes);
  }

  /// What every head but a linear one has.
  struct Attention {
    Attention(TensorFile& tensors, const HeadShape& sizes)
        : embedding(tensors.at("embedding.weight"), tensors.at("embedding.bias"), sizes.features,
                    sizes.embedding, sizes.gated() ? After::Relu : After::Nothing),
          outWeight(taken(tensors, "attention.out.weight")),
          outBias(taken(tensors, "attention.out.bias")),
          hidden(hiddenOf(tensors, sizes, "weight", sizes.attention * sizes.embedding),
                 hiddenOf(tensors, sizes, "bias", sizes.attention), sizes.embedding,
                 sizes.branches * sizes.hidden(), sizes.hidden(), After::Tanh) {}

    DenseLayer embedding;
    std::vector<float> outWeight, outBias;
    SlicedLayer hidden;
  };

  /// Of a lane that scores: tiles, values of branches that are read together, one branch's hidden layer.
  std::vector<int64_t> widths() const {
    std::vector<int64_t> widths{shape.embedding, shape.values() * int64_t(kTogether)};
    if (attention) widths.push_back(shape.hidden());
    return widths;
  }

  /// Puts tiles [begin, end), at most DenseLayer::kTogether, into a lane; the rows after them are computed
  /// too and left.
  static void place(DenseLane& lane, const Matrix& rows, size_t begin, size_t end) {
    std::copy_n(rows.row(begin).data(), (end - begin) * rows.columns, lane.rows(0));
  }

  float logit(const float* squashed, size_t branch) const {
    const auto width = size_t(shape.attention);
    const float* weight = &attention->outWeight[branch * width];
    return (shape.gated() ? gatedDot(squashed, weight, width) : dotOf(squashed, weight, width)) +
           attention->outBias[branch];
  }

  /// Of the branches of one slice of `value`, from `first` on, of which the scores hold `count` from `from`.
  void score(DenseLane& lane, size_t first, size_t count, size_t from, size_t begin, size_t end,
             TileScores& scores) const {
    const size_t slice = first / kTogether, values = size_t(shape.values());
    lane.run(value, slice, 0, 1);
    const size_t columns = value.width(slice), skipped = (first % kTogether) * values;
    const auto limit = float(shape.clamp());
    for (size_t i = 0; i < count * values; ++i)
      for (size_t tile = begin; tile < end; ++tile)
        scores.values.at(from * values + i, tile) =
            std::clamp(lane.rows(1)[(tile - begin) * columns + skipped + i], -limit, limit);
    if (!attention) return;  // all logits stay 0
    for (size_t g = 0; g < count; ++g) {
      lane.run(attention->hidden, first + g, 0, 2);
      for (size_t tile = begin; tile < end; ++tile)
        scores.logits.at(from + g, tile) =
            logit(lane.rows(2) + (tile - begin) * size_t(shape.hidden()), first + g);
    }
  }

  HeadShape shape;
  std::vector<float> bias;
  SlicedLayer value;
  std::optional<Attention> attention;  ///< none: linear
};

HeadNetwork::HeadNetwork(std::unique_ptr<Layers> layers) : m_layers(std::move(layers)) {}
HeadNetwork::HeadNetwork(HeadNetwork&&) noexcept = default;
HeadNetwork& HeadNetwork::operator=(HeadNetwork&&) noexcept = default;
HeadNetwork::~HeadNetwork() = default;

Result<HeadNetwork> HeadNetwork::make(HeadKind kind, TensorFile tensors) {
  const Result<HeadShape> shape = shapeOf(kind, tensors);
  if (!shape) return tl::unexpected(shape.error());
  if (const Result<void> checked = check(tensors, *shape); !checked) return tl::unexpected(checked.error());
  try {
    const OneOpenMpThread alone;  // as where it runs
    return HeadNetwork(std::make_unique<Layers>(std::move(tensors), *shape));
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

bool HeadNetwork::embeds() const {
  return m_layers->attention.has_value();
}

double HeadNetwork::workOfEmbedding() const {
  if (!embeds()) return 0;
  return double(m_layers->shape.features) * double(m_layers->shape.embedding);
}

double HeadNetwork::workOfBranch() const {
  const HeadShape& shape = m_layers->shape;
  return double(shape.embedding) * double(shape.hidden() + shape.values() * int64_t(kTogether));
}

Matrix HeadNetwork::embed(const Matrix& features) const {
  const Layers& layers = *m_layers;
  Matrix embedded(features.rows, size_t(layers.shape.embedding));
  inLanes(features.rows, {layers.shape.features, layers.shape.embedding},
          [&](DenseLane& lane, size_t begin, size_t end) {
            Layers::place(lane, features, begin, end);
            lane.run(layers.attention->embedding, 0, 1);
            std::copy_n(lane.rows(1), (end - begin) * embedded.columns, embedded.row(begin).data());
          });
  return embedded;
}

TileScores HeadNetwork::scores(const Matrix& embedded, size_t first, size_t count) const {
  const Layers& layers = *m_layers;
  TileScores scores{Matrix(count * size_t(layers.shape.values()), embedded.rows),
                    Matrix(count, embedded.rows)};
  inLanes(embedded.rows, layers.widths(), [&](DenseLane& lane, size_t begin, size_t end) {
    Layers::place(lane, embedded, begin, end);
    for (size_t branch = first; branch < first + count;) {
      const size_t some = std::min(kTogether - branch % kTogether, first + count - branch);
      layers.score(lane, branch, some, branch - first, begin, end, scores);
      branch += some;
    }
  });
  return scores;
}

}  // namespace geneglass
