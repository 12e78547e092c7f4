// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>

#include "tests/inference/encoder/plain_network.h"

namespace geneglass::testing {

/// Rows of doubles: tokens, computed by plain loops.
using Rows = std::vector<std::vector<double>>;

/// A vision transformer to be made.
struct MadeTransformer {
  int across = 16, depth = 2, heads = 2, hidden = 24, patch = 4, side = 4, registers = 0;
  bool gated = false, scaled = false, normBefore = false, poolNorm = false;
  int positionsBefore = 1;                ///< of tokens that are no patches
  double epsilon = 1e-6, activation = 0;  ///< 0: the exact GELU; else x sigmoid(activation x)
};

/// Under timm's names.
inline TensorFile madeTransformer(const MadeTransformer& of, unsigned seed) {
  std::mt19937 random(seed);
  TensorFile tensors;
  const auto add = [&](const std::string& name, std::vector<int64_t> shape, float about, float spread) {
    StoredTensor& tensor = tensors[name];
    size_t count = 1;
    for (const int64_t length : shape) count *= size_t(length);
    tensor.shape = std::move(shape);
    for (size_t i = 0; i < count; ++i)
      tensor.values.push_back(about + spread * (float(random() % 2001) / 1000 - 1));
  };
  const auto linear = [&](const std::string& name, int out, int in) {
    add(name + ".weight", {out, in}, 0, 1.5f / std::sqrt(float(in)));
    add(name + ".bias", {out}, 0, 0.3f);
  };
  const auto norm = [&](const std::string& name, int columns) {
    add(name + ".weight", {columns}, 1, 0.3f);
    add(name + ".bias", {columns}, 0, 0.3f);
  };
  add("patch_embed.proj.weight", {of.across, 3, of.patch, of.patch}, 0, 0.3f);
  add("patch_embed.proj.bias", {of.across}, 0, 0.3f);
  add("cls_token", {1, 1, of.across}, 0, 1);
  if (of.registers > 0) add("reg_token", {1, of.registers, of.across}, 0, 1);
  add("pos_embed", {1, of.side * of.side + of.positionsBefore, of.across}, 0, 1);
  for (int block = 0; block < of.depth; ++block) {
    const std::string name = "blocks." + std::to_string(block) + ".";
    norm(name + "norm1", of.across);
    norm(name + "norm2", of.across);
    linear(name + "attn.qkv", 3 * of.across, of.across);
    linear(name + "attn.proj", of.across, of.across);
    linear(name + "mlp.fc1", of.gated ? 2 * of.hidden : of.hidden, of.across);
    linear(name + "mlp.fc2", of.across, of.hidden);
    for (const char* scale : {"ls1.gamma", "ls2.gamma"})
      if (of.scaled) add(name + scale, {of.across}, 0.5f, 0.3f);
  }
  if (of.normBefore) norm("norm_pre", of.across);
  norm(of.poolNorm ? "fc_norm" : "norm", of.across);
  return tensors;
}

/// The network as its papers write it.
class PlainTransformer final {
 public:
  PlainTransformer(const MadeTransformer& of, const TensorFile& tensors) : m_of(of), m_tensors(tensors) {}

  /// Of the class token, or of it and the mean of patches, or of the mean.
  std::vector<double> features(const Planes& tile, TokenPool pool) const {
    Rows x = tokens(tile);
    if (m_of.normBefore) x = normalised(x, "norm_pre");
    for (int block = 0; block < m_of.depth; ++block) {
      const std::string name = "blocks." + std::to_string(block) + ".";
      add(x, attention(normalised(x, name + "norm1"), name), name + "ls1.gamma");
      add(x, perceptron(normalised(x, name + "norm2"), name), name + "ls2.gamma");
    }
    if (!m_of.poolNorm) x = normalised(x, "norm");
    std::vector<double> found, mean(size_t(m_of.across));
    const size_t prefix = size_t(1 + m_of.registers);
    for (size_t row = prefix; row < x.size(); ++row)
      for (size_t c = 0; c < mean.size(); ++c) mean[c] += x[row][c] / double(x.size() - prefix);
    if (pool != TokenPool::Mean) found = x[0];
    if (pool != TokenPool::Class) found.insert(found.end(), mean.begin(), mean.end());
    return m_of.poolNorm ? normalised({found}, "fc_norm")[0] : found;
  }

 private:
  const std::vector<float>& at(const std::string& name) const { return m_tensors.at(name).values; }

  Rows tokens(const Planes& tile) const {
    const auto across = size_t(m_of.across);
    Rows x;
    for (const char* name : {"cls_token", "reg_token"})
      for (size_t i = 0; m_tensors.count(name) && i < at(name).size(); i += across)
        x.emplace_back(at(name).begin() + ptrdiff_t(i), at(name).begin() + ptrdiff_t(i + across));
    const size_t prefix = x.size();
    const StoredTensor& weight = m_tensors.at("patch_embed.proj.weight");
    for (int top = 0; top < tile.side; top += m_of.patch)
      for (int left = 0; left < tile.side; left += m_of.patch) {
        std::vector<double>& row = x.emplace_back();
        size_t index = 0;
        for (size_t out = 0; out < across; ++out) {
          row.push_back(at("patch_embed.proj.bias")[out]);
          for (int c = 0; c < 3; ++c)
            for (int v = 0; v < m_of.patch; ++v)
              for (int u = 0; u < m_of.patch; ++u)
                row.back() += weight.values[index++] * tile.at(c, top + v, left + u);
        }
      }
    const auto before = size_t(m_of.positionsBefore);
    for (size_t row = 0; row < x.size(); ++row) {
      if (row >= before && row < prefix) continue;
      const size_t position = row < before ? row : row - prefix + before;
      for (size_t c = 0; c < across; ++c) x[row][c] += at("pos_embed")[position * across + c];
    }
    return x;
  }

  Rows normalised(const Rows& x, const std::string& name) const {
    Rows y = x;
    for (std::vector<double>& row : y) {
      double mean = 0, variance = 0;
      for (const double value : row) mean += value / double(row.size());
      for (const double value : row) variance += (value - mean) * (value - mean) / double(row.size());
      for (size_t c = 0; c < row.size(); ++c)
        row[c] = (row[c] - mean) / std::sqrt(variance + m_of.epsilon) * at(name + ".weight")[c] +
                 at(name + ".bias")[c];
    }
    return y;
  }

  Rows linear(const Rows& x, const std::string& name) const {
    const std::vector<float>&weight = at(name + ".weight"), bias = at(name + ".bias");
    Rows y;
    for (const std::vector<double>& row : x) {
      y.emplace_back(bias.begin(), bias.end());
      for (size_t out = 0; out < bias.size(); ++out)
        for (size_t in = 0; in < row.size(); ++in) y.back()[out] += weight[out * row.size() + in] * row[in];
    }
    return y;
  }

  Rows attention(const Rows& x, const std::string& name) const {
    const Rows qkv = linear(x, name + "attn.qkv");
    const auto across = size_t(m_of.across), each = across / size_t(m_of.heads);
    Rows mixed(x.size(), std::vector<double>(across));
    for (size_t head = 0; head < across; head += each)
      for (size_t row = 0; row < x.size(); ++row) {
        std::vector<double> scores(x.size());
        double sum = 0;
        for (size_t other = 0; other < x.size(); ++other) {
          for (size_t c = head; c < head + each; ++c)
            scores[other] += qkv[row][c] * qkv[other][across + c] / std::sqrt(double(each));
          sum += scores[other] = std::exp(scores[other]);
        }
        for (size_t other = 0; other < x.size(); ++other)
          for (size_t c = head; c < head + each; ++c)
            mixed[row][c] += scores[other] / sum * qkv[other][2 * across + c];
      }
    return linear(mixed, name + "attn.proj");
  }

  Rows perceptron(const Rows& x, const std::string& name) const {
    Rows y = linear(x, name + "mlp.fc1");
    const auto hidden = size_t(m_of.hidden);
    for (std::vector<double>& row : y) {
      for (size_t i = 0; i < hidden; ++i) {
        const double value = row[i], slope = m_of.gated ? 1 : m_of.activation;
        row[i] = slope > 0 ? value / (1 + std::exp(-slope * value))
                           : value * (1 + std::erf(value / std::sqrt(2.0))) / 2;
        if (m_of.gated) row[i] *= row[hidden + i];
      }
      row.resize(hidden);
    }
    return linear(y, name + "mlp.fc2");
  }

  void add(Rows& x, const Rows& y, const std::string& scale) const {
    for (size_t row = 0; row < x.size(); ++row)
      for (size_t c = 0; c < x[row].size(); ++c)
        x[row][c] += y[row][c] * (m_tensors.count(scale) ? at(scale)[c] : 1);
  }

  const MadeTransformer m_of;
  const TensorFile& m_tensors;
};

}  // namespace geneglass::testing
