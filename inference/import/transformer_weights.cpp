// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/transformer_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "inference/encoder/transformer_shapes.h"
#include "inference/import/position_grid.h"
#include "inference/import/take_tensor.h"
#include "inference/import/transformer_names.h"

namespace geneglass {
namespace {

constexpr const char* kWeight = ".weight";
constexpr const char* kBias = ".bias";

/// Where tensors of these names begin ("vit.", ""); none where they are of other names.
std::optional<std::string> startOf(const TensorFile& tensors, const TransformerNames& names) {
  const std::string patch = std::string(names.patch) + kWeight;
  for (const auto& [name, tensor] : tensors) {
    if (!name.ends_with(patch)) continue;
    const std::string start = name.substr(0, name.size() - patch.size());
    const std::string first = start + fmt::format(fmt::runtime(names.block), 0) + names.firstNorm + kWeight;
    if (tensors.count(first)) return start;
  }
  return {};
}

const TransformerNames* namesOf(const TensorFile& tensors) {
  for (const TransformerNames& names : transformerNames())
    if (startOf(tensors, names)) return &names;
  return nullptr;
}

/// Renames as it takes. The first thing that is wrong is kept, what follows it does nothing.
class TokenTaking final {
 public:
  TokenTaking(TensorFile tensors, const TransformerNames& names, const ForeignHints& hints)
      : m_names(names), m_hints(hints) {
    const std::string start = *startOf(tensors, names);
    for (auto& [name, tensor] : tensors)
      m_from[name.starts_with(start) ? name.substr(start.size()) : name] = std::move(tensor);
  }

  Result<ForeignEncoder> take() {
    measure();
    takeTokens();
    for (int number = 0; number < m_of.depth && !m_error; ++number) takeBlock(number);
    takeEnd();
    settle();
    knowTheRest();
    if (m_error) return tl::unexpected(*m_error);
    return std::move(m_encoder);
  }

 private:
  void measure();
  void takeTokens();
  void takePositions(std::vector<float>& prefix, const std::vector<float>& patchBias);
  void takeBlock(int number);
  void takeEnd();
  void settle();
  void settleActivation();
  void knowTheRest();

  std::string blockName(int number) const { return fmt::format(fmt::runtime(m_names.block), number); }
  bool has(const std::string& name) const { return m_from.count(name) > 0; }
  void refuse(std::string why) {
    if (!m_error) m_error = Error{std::move(why)};
  }

  std::vector<float> values(const std::string& name, const std::vector<int64_t>& shape) {
    if (m_error) return {};
    Result<StoredTensor> taken = takeTensor(m_from, name, shape);
    if (!taken) m_error = taken.error();
    return taken ? std::move(taken->values) : std::vector<float>();
  }
  /// Of any shape with so many numbers in its last place.
  std::vector<float> rows(const std::string& name, int64_t across) {
    const auto found = m_from.find(name);
    if (found == m_from.end() || found->second.shape.empty() || found->second.shape.back() != across)
      return values(name, {1, 1, across});
    return values(name, std::vector<int64_t>(found->second.shape));
  }
  /// Zeros where there is none.
  std::vector<float> bias(const std::string& name, int64_t count) {
    return has(name) ? values(name, {count}) : std::vector<float>(static_cast<size_t>(count));
  }
  const std::string& present(const std::string& start, const std::vector<std::string>& names) const {
    for (const std::string& name : names)
      if (has(start + name + kWeight)) return name;
    return names.front();
  }
  void keep(const std::string& name, std::vector<int64_t> shape, std::vector<float> taken) {
    if (!m_error) m_encoder.tensors[name] = {std::move(shape), std::move(taken)};
  }
  void norm(const std::string& from, const std::string& to, int64_t columns) {
    for (const char* part : {kWeight, kBias}) keep(to + part, {columns}, values(from + part, {columns}));
  }
  void normIfThere(const char* from, const char* to, int64_t columns) {
    if (*from && has(std::string(from) + kWeight)) norm(from, to, columns);
  }
  /// `scale`: LayerScale's, of its outputs; empty where there is none.
  void linear(const std::string& from, const std::string& to, int64_t out, int64_t in,
              const std::vector<float>& scale = {}) {
    std::vector<float> weight = values(from + kWeight, {out, in}), shift = bias(from + kBias, out);
    if (m_error) return;
    for (size_t i = 0; !scale.empty() && i < weight.size(); ++i)
      weight[i] *= scale[i / static_cast<size_t>(in)];
    for (size_t i = 0; i < scale.size(); ++i) shift[i] *= scale[i];
    keep(to + kWeight, {out, in}, std::move(weight));
    keep(to + kBias, {out}, std::move(shift));
  }
  std::vector<float> scaleOf(const std::string& block, size_t which) {
    if (which >= m_names.scales.size() || !has(block + m_names.scales[which])) return {};
    return values(block + m_names.scales[which], {m_of.across});
  }

  const TransformerNames& m_names;
  const ForeignHints& m_hints;
  TensorFile m_from;
  ForeignEncoder m_encoder;
  EncoderFacts& m_facts = m_encoder.facts;
  TransformerFacts& m_of = m_encoder.facts.transformer;
  std::optional<Error> m_error;
};

void TokenTaking::measure() {
  const std::string patch = std::string(m_names.patch) + kWeight;
  const Result<int> across = channelsOf(m_from, patch);
  if (!across) return refuse(across.error().sentence);
  m_of.across = *across;
  m_of.patch = static_cast<int>(m_from.at(patch).shape[2]);
  while (has(blockName(m_of.depth) + m_names.firstNorm + kWeight)) ++m_of.depth;
  if (const auto last = m_hints.lastBlock) {
    if (*last < 0 || *last >= m_of.depth)
      return refuse(
          fmt::format("its blocks are numbered from 0 to {}, there is no block {}", m_of.depth - 1, *last));
    for (int cut = *last + 1; cut < m_of.depth; ++cut)
      std::erase_if(m_from, [&](const auto& tensor) { return tensor.first.starts_with(blockName(cut)); });
    m_of.depth = *last + 1;
  }
  const std::string narrow = blockName(0) + present(blockName(0), m_names.narrow) + kWeight,
                    widen = blockName(0) + present(blockName(0), m_names.widen) + kWeight;
  for (const std::string& name : {narrow, widen})
    if (!has(name) || m_from.at(name).shape.size() != 2)
      return refuse(has(name) ? fmt::format("the tensor '{}' is no matrix", name)
                              : fmt::format("the tensor '{}' is missing", name));
  m_of.hidden = static_cast<int>(m_from.at(narrow).shape[1]);
  if (m_from.at(widen).shape[0] == 2 * m_from.at(narrow).shape[1]) m_of.activation = TokenActivation::SwiGlu;
}

void TokenTaking::takeTokens() {
  if (m_error) return;
  keep("patch.weight", {m_of.across, 3, m_of.patch, m_of.patch},
       values(std::string(m_names.patch) + kWeight, {m_of.across, 3, m_of.patch, m_of.patch}));
  std::vector<float> prefix;
  if (has(m_names.classToken)) prefix = rows(m_names.classToken, m_of.across);
  for (const std::string& name : m_names.registers)
    if (has(name))
      for (const float value : rows(name, m_of.across)) prefix.push_back(value);
  m_of.prefix = static_cast<int>(prefix.size()) / m_of.across;
  takePositions(prefix, bias(std::string(m_names.patch) + kBias, m_of.across));
  if (m_of.prefix > 0) keep("prefix", {m_of.prefix, m_of.across}, std::move(prefix));
}

/// Positions are of the patches alone, of the class token and them, or of all tokens.
void TokenTaking::takePositions(std::vector<float>& prefix, const std::vector<float>& patchBias) {
  std::vector<float> all = rows(m_names.positions, m_of.across);
  if (m_error) return;
  const int count = static_cast<int>(all.size()) / m_of.across;
  int before = -1, side = 0;
  for (const int tokens : {m_of.prefix, std::min(1, m_of.prefix), 0}) {
    side = static_cast<int>(std::lround(std::sqrt(std::max(0, count - tokens))));
    if (side > 0 && side * side == count - tokens) before = tokens;
    if (before >= 0) break;
  }
  if (before < 0)
    return refuse(
        fmt::format("its '{}' is of {} positions, which are no square of patches", m_names.positions, count));
  for (size_t i = 0; i < static_cast<size_t>(before * m_of.across); ++i) prefix[i] += all[i];
  all.erase(all.begin(), all.begin() + before * m_of.across);
  m_facts.tile = m_hints.said.tile.value_or(side * m_of.patch);
  const int wanted = m_facts.tile / m_of.patch;
  if (wanted * m_of.patch != m_facts.tile)
    return refuse(
        fmt::format("tiles of {} pixels are no whole number of patches of {}; --tile says another size",
                    m_facts.tile, m_of.patch));
  if (wanted != side) all = resamplePositions(all, side, wanted, m_of.across, m_names.antialias);
  for (size_t i = 0; i < all.size(); ++i) all[i] += patchBias[i % patchBias.size()];
  keep("position", {wanted * wanted, m_of.across}, std::move(all));
}

void TokenTaking::takeBlock(int number) {
  const std::string from = blockName(number), to = fmt::format("blocks.{}.", number);
  const int64_t across = m_of.across;
  norm(from + m_names.firstNorm, to + "norm1", across);
  norm(from + m_names.secondNorm, to + "norm2", across);
  const auto parts = static_cast<int64_t>(m_names.attention.size());
  std::vector<float> weight, shift;
  for (const std::string& part : m_names.attention) {
    const int64_t out = 3 * across / parts;
    for (const float value : values(from + part + kWeight, {out, across})) weight.push_back(value);
    for (const float value : bias(from + part + kBias, out)) shift.push_back(value);
  }
  keep(to + "qkv.weight", {3 * across, across}, std::move(weight));
  keep(to + "qkv.bias", {3 * across}, std::move(shift));
  linear(from + m_names.output, to + "proj", across, across, scaleOf(from, 0));
  const int64_t hidden = m_of.hidden,
                widened = m_of.activation == TokenActivation::SwiGlu ? 2 * hidden : hidden;
  linear(from + present(from, m_names.widen), to + "fc1", widened, across);
  linear(from + present(from, m_names.narrow), to + "fc2", across, hidden, scaleOf(from, 1));
}

void TokenTaking::takeEnd() {
  if (m_error) return;
  if (!m_hints.said.pool)
    return refuse(
        "its files do not say which tokens become its features; --pool class, mean or class+mean does");
  m_of.pool = *m_hints.said.pool;
  if (m_of.pool != TokenPool::Mean && !m_of.prefix)
    return refuse(
        fmt::format("its features would be of the class token, and '{}' is missing; --pool mean does "
                    "without",
                    m_names.classToken));
  const int pooled = pooledOf(m_of);
  m_facts.width = pooled;
  normIfThere(m_names.normBefore, "first_norm", m_of.across);
  normIfThere(m_names.norm, "norm", m_of.across);
  normIfThere(m_names.poolNorm, "pool_norm", pooled);
  const auto projection = m_from.find(std::string(m_names.projection) + kWeight);
  if (projection == m_from.end()) return;
  m_facts.width = projection->second.shape.empty() ? 0 : static_cast<int>(projection->second.shape[0]);
  keep("projection.weight", {m_facts.width, pooled},
       values(std::string(projection->first), {m_facts.width, pooled}));
}

void TokenTaking::settle() {
  if (m_error) return;
  m_facts.architecture = "vit";
  m_facts.name = transformerName(m_of.across, m_of.patch);
  if (m_of.depth > 0 && m_hints.lastBlock) m_facts.name += fmt::format(" to block {}", m_of.depth - 1);
  if (m_of.prefix > 1) m_facts.name += fmt::format(", {} registers", m_of.prefix - 1);
  m_of.epsilon = static_cast<float>(m_hints.said.epsilon.value_or(m_names.epsilon));
  m_of.heads = m_hints.said.heads.value_or(usualHeads(m_of.across));
  if (m_of.heads == 0) return refuse("its files do not say how many heads its attention has; --heads does");
  if (m_of.across % m_of.heads != 0)
    return refuse(fmt::format("{} heads do not divide its {} numbers a token", m_of.heads, m_of.across));
  if (m_hints.said.mean.empty() || m_hints.said.deviation.empty())
    return refuse("its files do not say how its colours are normalised; --mean and --deviation do");
  settleActivation();
}

void TokenTaking::settleActivation() {
  const std::string& said = m_hints.said.activation.empty() ? m_names.activation : m_hints.said.activation;
  const bool gated = m_of.activation == TokenActivation::SwiGlu;
  if (gated && (m_hints.said.activation.empty() || said == "silu" || m_names.attention.size() == 3)) return;
  if (!gated && said == "quick_gelu") m_of.activation = TokenActivation::QuickGelu;
  if (!gated && (said == "gelu" || said == "quick_gelu")) return;
  refuse(fmt::format("its activation '{}'{} is not known here; gelu, quick_gelu and a gated silu are", said,
                     gated ? ", gated," : ""));
}

void TokenTaking::knowTheRest() {
  if (m_error) return;
  for (const auto& [name, tensor] : m_from)
    if (std::ranges::none_of(m_names.passedOver,
                             [&known = name](const std::string& start) { return known.starts_with(start); }))
      return refuse(fmt::format("it holds a tensor '{}' that such a transformer does not have", name));
}

Result<ForeignEncoder> readNamedTransformer(TensorFile tensors, const ForeignHints& hints) {
  const TransformerNames& names = *namesOf(tensors);
  return TokenTaking(std::move(tensors), names, hints).take();
}

}  // namespace

ForeignFamily namedTransformer() {
  return {[](const TensorFile& tensors) { return namesOf(tensors) != nullptr; }, readNamedTransformer};
}

}  // namespace geneglass
