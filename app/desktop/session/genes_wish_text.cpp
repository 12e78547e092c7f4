// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/genes_wish_text.h"

#include <nlohmann/json.hpp>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/whole_number.h"

namespace geneglass {

using nlohmann::json;

std::string textOf(const std::optional<GenesWish>& wish) {
  json made;
  if (wish) {
    made = {{"name", wish->name}, {"genes", json::array()}};
    for (const GenesWish::Gene& gene : wish->genes) made["genes"].push_back(gene.symbol);
    if (wish->mix) made["mix"] = int(*wish->mix);
  }
  return made.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<GenesWish> genesWishOf(std::string_view text) {
  const json read = jsonOrNull(text);
  if (!read.is_object()) return {};
  try {
    GenesWish wish;
    wish.name = read.at("name").get<std::string>();
    for (const json& symbol : read.at("genes")) wish.genes.push_back({symbol.get<std::string>()});
    if (read.contains("mix")) {
      const auto mix = wholeNumberOf(read["mix"], int(ColourMix::Sum), int(ColourMix::TwoWay));
      if (!mix) return {};
      wish.mix = ColourMix(*mix);
    }
    return wish.genes.empty() ? std::nullopt : std::optional(std::move(wish));
  } catch (const std::exception&) {  // of the library, where a value is missing or of another kind
    return {};
  }
}

}  // namespace geneglass
