// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/transformer_shapes.h"

#include <fmt/format.h>

namespace geneglass {

int pooledOf(const TransformerFacts& facts) {
  return facts.pool == TokenPool::ClassAndMean ? 2 * facts.across : facts.across;
}

Result<void> checkTransformer(const EncoderFacts& facts, const TensorFile& tensors) {
  const TransformerFacts& of = facts.transformer;
  const int64_t across = of.across, hidden = of.hidden, pooled = pooledOf(of);
  TensorShapes needed;
  const auto linear = [&](const std::string& name, int64_t out, int64_t in) {
    needed[name + ".weight"] = {out, in};
    needed[name + ".bias"] = {out};
  };
  const auto norm = [&](const std::string& name, int64_t columns) {
    needed[name + ".weight"] = needed[name + ".bias"] = {columns};
  };
  needed["patch.weight"] = {across, 3, of.patch, of.patch};
  needed["position"] = {tokensOf(of, facts.tile) - of.prefix, across};
  if (of.prefix > 0) needed["prefix"] = {of.prefix, across};
  for (int block = 0; block < of.depth; ++block) {
    const std::string name = fmt::format("blocks.{}.", block);
    norm(name + "norm1", across);
    linear(name + "qkv", 3 * across, across);
    linear(name + "proj", across, across);
    norm(name + "norm2", across);
    linear(name + "fc1", of.activation == TokenActivation::SwiGlu ? 2 * hidden : hidden, across);
    linear(name + "fc2", across, hidden);
  }
  for (const auto& [name, columns] :
       {std::pair("first_norm", across), {"norm", across}, {"pool_norm", pooled}})
    if (tensors.count(std::string(name) + ".weight")) norm(name, columns);
  const bool projected = tensors.count("projection.weight") > 0;
  if (projected) needed["projection.weight"] = {facts.width, pooled};
  if (!projected && facts.width != pooled)
    return fail(fmt::format("{} features are promised where its pooled tokens have {}", facts.width, pooled));
  return checkShapes(tensors, needed);
}

}  // namespace geneglass
