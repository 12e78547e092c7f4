// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head_network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "inference/convolution_layers.h"
#include "inference/own_threads.h"

namespace geneglass {
namespace {

using dnnl::memory;

constexpr int kTogether = 64;  ///< tiles a call: always so many, so that oneDNN always takes the same path

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
  const std::map<std::string, std::vector<int64_t>> needed{{"embedding.weight", {h, d}},
                                                           {"embedding.bias", {h}},
                                                           {"value.weight", {g, h}},
                                                           {"value.bias", {g}},
                                                           {"attention.hidden.weight", {g, a, h}},
                                                           {"attention.hidden.bias", {g, a}},
                                                           {"attention.out.weight", {g, a}},
                                                           {"attention.out.bias", {g}}};
  for (const auto& [name, tensor] : tensors)
    if (!needed.count(name))
      return fail(fmt::format("it holds a tensor '{}' that the network does not have", name));
  for (const auto& [name, wanted] : needed) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) return fail(fmt::format("the tensor '{}' is missing", name));
    if (found->second.shape != wanted)
      return fail(fmt::format("the tensor '{}' has the shape {} where {} is needed", name,
                              found->second.shape, wanted));
  }
  return {};
}

memory::desc rowsOf(int64_t columns) {
  return {{kTogether, columns}, memory::data_type::f32, memory::format_tag::ab};
}

/// kTogether x in -> kTogether x out: rows . weight^T + bias, then tanh where asked.
struct Dense {
  Dense(const StoredTensor& weight, const StoredTensor& bias, int64_t in, int64_t out, bool squashes)
      : chosen(choose(in, out, squashes)), primitive(chosen) {
    constexpr auto kType = memory::data_type::f32;
    const memory::desc asStored({in, out}, kType, memory::format_tag::ba);
    memory stored(asStored, processor(), const_cast<float*>(weight.values.data()));
    weights = memory(chosen.weights_desc(), processor());
    dnnl::stream stream(processor());
    dnnl::reorder(stored, weights).execute(stream, stored, weights);
    stream.wait();
    biases = memory({{1, out}, kType, memory::format_tag::ab}, processor());
    std::copy(bias.values.begin(), bias.values.end(), static_cast<float*>(biases.get_data_handle()));
  }

  void run(dnnl::stream& stream, const memory& from, const memory& to, const memory& scratch) const {
    primitive.execute(stream, {{DNNL_ARG_SRC, from},
                               {DNNL_ARG_WEIGHTS, weights},
                               {DNNL_ARG_BIAS, biases},
                               {DNNL_ARG_DST, to},
                               {DNNL_ARG_SCRATCHPAD, scratch}});
  }

  static dnnl::matmul::primitive_desc choose(int64_t in, int64_t out, bool squashes) {
    constexpr auto kType = memory::data_type::f32;
    dnnl::post_ops after;
    if (squashes) after.append_eltwise(1, dnnl::algorithm::eltwise_tanh, 0, 0);
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    attributes.set_post_ops(after);
    const dnnl::matmul::desc operation(rowsOf(in), {{in, out}, kType, memory::format_tag::any},
                                       {{1, out}, kType, memory::format_tag::ab}, rowsOf(out));
    return {operation, attributes, processor()};
  }

  dnnl::matmul::primitive_desc chosen;
  dnnl::matmul primitive;
  memory weights;
  memory biases;
};

float* valuesOf(const memory& rows) {
  return static_cast<float*>(rows.get_data_handle());
}

/// One thread's activations.
struct Lane {
  explicit Lane(const Shape& shape, const std::array<const Dense*, 3>& layers)
      : features(rowsOf(shape.features), processor()),
        embedding(rowsOf(shape.embedding), processor()),
        values(rowsOf(shape.genes), processor()),
        hidden(rowsOf(shape.genes * shape.attention), processor()),
        stream(processor()) {
    for (const Dense* layer : layers) scratch.emplace_back(layer->chosen.scratchpad_desc(), processor());
  }
  memory features, embedding, values, hidden;
  std::vector<memory> scratch;
  dnnl::stream stream;
};

/// Sixteen sums at a time, in an order that does not depend on the compiler.
float dot(const float* a, const float* b, size_t count) {
  constexpr size_t kSums = 16;
  std::array<float, kSums> sums{};
  size_t i = 0;
  for (; i + kSums <= count; i += kSums)
    for (size_t j = 0; j < kSums; ++j) sums[j] += a[i + j] * b[i + j];
  float sum = 0;
  for (; i < count; ++i) sum += a[i] * b[i];
  for (const float part : sums) sum += part;
  return sum;
}

}  // namespace

struct HeadNetwork::Layers {
  Layers(const TensorFile& tensors, const Shape& sizes)
      : shape(sizes),
        embedding(tensors.at("embedding.weight"), tensors.at("embedding.bias"), sizes.features,
                  sizes.embedding, false),
        value(tensors.at("value.weight"), tensors.at("value.bias"), sizes.embedding, sizes.genes, false),
        hidden(tensors.at("attention.hidden.weight"), tensors.at("attention.hidden.bias"), sizes.embedding,
               sizes.genes * sizes.attention, true),
        outWeight(tensors.at("attention.out.weight").values),
        outBias(tensors.at("attention.out.bias").values) {}

  /// Tiles [begin, end), at most kTogether; the rows after them are computed too and left.
  void score(Lane& lane, const Matrix& features, size_t begin, size_t end, TileScores& scores) const {
    std::copy_n(features.row(begin).data(), (end - begin) * features.columns, valuesOf(lane.features));
    embedding.run(lane.stream, lane.features, lane.embedding, lane.scratch[0]);
    value.run(lane.stream, lane.embedding, lane.values, lane.scratch[1]);
    hidden.run(lane.stream, lane.embedding, lane.hidden, lane.scratch[2]);
    lane.stream.wait();
    const auto genes = static_cast<size_t>(shape.genes), width = static_cast<size_t>(shape.attention);
    for (size_t tile = begin; tile < end; ++tile) {
      const float* values = valuesOf(lane.values) + (tile - begin) * genes;
      const float* squashed = valuesOf(lane.hidden) + (tile - begin) * genes * width;
      for (size_t gene = 0; gene < genes; ++gene) {
        scores.values.at(gene, tile) = std::clamp(values[gene], -float(kClamp), float(kClamp));
        scores.logits.at(gene, tile) =
            dot(squashed + gene * width, &outWeight[gene * width], width) + outBias[gene];
      }
    }
  }

  Shape shape;
  Dense embedding, value, hidden;
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
  std::vector<std::unique_ptr<Lane>> lanes(ownThreads(0));
  inOwnThreads(features.rows, kTogether, 0, [&](size_t thread, size_t begin, size_t end) {
    if (!lanes[thread])
      lanes[thread] =
          std::make_unique<Lane>(layers.shape, std::array{&layers.embedding, &layers.value, &layers.hidden});
    layers.score(*lanes[thread], features, begin, end, scores);
  });
  return scores;
}

}  // namespace geneglass
