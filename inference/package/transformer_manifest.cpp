// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/transformer_manifest.h"

#include <fmt/format.h>

namespace geneglass {

TransformerFacts readTransformer(const ManifestReader& from, int tile) {
  TransformerFacts facts;
  facts.depth = from.integer("depth", 1, 1000);
  facts.across = from.integer("across", 1, 1 << 14);
  facts.heads = from.integer("heads", 1, 1 << 10);
  facts.hidden = from.integer("hidden", 1, 1 << 16);
  facts.patch = from.integer("patch", 1, 256);
  facts.prefix = from.integer("prefix", 0, 64);
  facts.epsilon = static_cast<float>(from.number("epsilon", 0, 1));
  const auto named = [&](const char* key, auto... choices) {
    const std::string text = from.text(key);
    for (const auto choice : {choices...})
      if (text == toString(choice)) return choice;
    from.refuse(key, fmt::format("is '{}', which is not known", text));
  };
  facts.activation =
      named("activation", TokenActivation::Gelu, TokenActivation::QuickGelu, TokenActivation::SwiGlu);
  facts.pool = named("pool", TokenPool::Class, TokenPool::Mean, TokenPool::ClassAndMean);
  if (facts.across % facts.heads != 0)
    from.refuse("heads", fmt::format("are {}, which do not divide {}", facts.heads, facts.across));
  if (tile % facts.patch != 0)
    from.refuse("patch", fmt::format("is {}, which does not divide a tile of {}", facts.patch, tile));
  if (facts.pool != TokenPool::Mean && facts.prefix == 0)
    from.refuse("pool", "needs a class token, and 'prefix' says that there is none");
  return facts;
}

nlohmann::json toJson(const TransformerFacts& facts) {
  return {{"depth", facts.depth},        {"across", facts.across},
          {"heads", facts.heads},        {"hidden", facts.hidden},
          {"patch", facts.patch},        {"prefix", facts.prefix},
          {"epsilon", facts.epsilon},    {"activation", toString(facts.activation)},
          {"pool", toString(facts.pool)}};
}

}  // namespace geneglass
