// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/panel_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "generated/colorectal_panel.h"

namespace geneglass {
namespace {

constexpr uint32_t kOpaque = 0xFF000000;

uint32_t readColour(const ManifestReader& from) {
  const std::string text = from.text("colour");
  uint32_t colour = 0;
  const char* end = text.data() + text.size();
  const bool shaped = text.size() == 7 && text[0] == '#';
  if (!shaped || std::from_chars(text.data() + 1, end, colour, 16).ptr != end)
    from.refuse("colour", fmt::format("is '{}', which is no colour like '#0072b2'", text));
  return kOpaque | colour;
}

GeneGroup readGroup(const ManifestReader& from) {
  GeneGroup group;
  group.name = from.text("name");
  if (group.name.empty()) from.refuse("name", "is empty");
  group.title = from.has("title") ? from.text("title") : group.name;
  group.colour = readColour(from);
  for (std::string& symbol : from.texts("genes")) group.genes.push_back({std::move(symbol), false});
  if (!from.has("low")) return group;
  for (const std::string& symbol : from.texts("low")) {
    const auto gene = std::ranges::find(group.genes, symbol, &PanelGene::symbol);
    if (gene == group.genes.end()) from.refuse("low", fmt::format("has '{}', which 'genes' has not", symbol));
    gene->low = true;
  }
  return group;
}

}  // namespace

GenePanel readPanel(const ManifestReader& from) {
  GenePanel panel;
  std::set<std::string> names, symbols;
  for (const ManifestReader& each : from.objects("groups")) {
    GeneGroup group = readGroup(each);
    if (!names.insert(group.name).second) each.refuse("name", fmt::format("'{}' is there twice", group.name));
    for (const PanelGene& gene : group.genes)
      if (!symbols.insert(gene.symbol).second)
        each.refuse("genes", fmt::format("has '{}', which is there twice", gene.symbol));
    panel.groups.push_back(std::move(group));
  }
  return panel;
}

nlohmann::json toJson(const GenePanel& panel) {
  using nlohmann::json;
  json groups = json::array();
  for (const GeneGroup& group : panel.groups) {
    json object = {{"name", group.name},
                   {"colour", fmt::format("#{:06x}", group.colour & ~kOpaque)},
                   {"genes", json::array()}};
    if (group.title != group.name) object["title"] = group.title;
    for (const PanelGene& gene : group.genes) {
      object["genes"].push_back(gene.symbol);
      if (gene.low) object["low"].push_back(gene.symbol);
    }
    groups.push_back(std::move(object));
  }
  return {{"groups", std::move(groups)}};
}

const GenePanel& colorectalPanel() {
  static const GenePanel panel = [] {
    const auto document = nlohmann::json::parse(kColorectalPanel);
    return readPanel({document, "panel."});
  }();
  return panel;
}

}  // namespace geneglass
