// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "inference/regions/region_comparison.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/whole_number.h"

namespace geneglass {
namespace {

using RegionJson = nlohmann::ordered_json;

/// Where a figure of a gene lies, and what files call it.
struct Figure {
  const char* key;
  double RegionGene::*number;
};
constexpr Figure kFigures[] = {{"mean_a", &RegionGene::meanA},
                               {"mean_b", &RegionGene::meanB},
                               {"difference", &RegionGene::difference},
                               {"effect", &RegionGene::effect},
                               {"low", &RegionGene::low},
                               {"high", &RegionGene::high},
                               {"p", &RegionGene::p},
                               {"q", &RegionGene::q},
                               {"hotspot_a", &RegionGene::hotspotA},
                               {"hotspot_b", &RegionGene::hotspotB},
                               {"slide", &RegionGene::slide},
                               {"without_a", &RegionGene::withoutA},
                               {"heldout_r", &RegionGene::heldOutR},
                               {"ci_low", &RegionGene::ciLow},
                               {"ci_high", &RegionGene::ciHigh}};

constexpr int64_t kMostCounted = std::numeric_limits<int>::max();

double numberIn(const RegionJson& object, const char* key) {
  const RegionJson& number = object.at(key);
  return number.is_null() ? RegionGene::kNone : number.get<double>();
}

int64_t countIn(const RegionJson& object, const char* key, int64_t most) {
  const RegionJson& value = object.at(key);
  if (const auto count = wholeNumberOf(value, 0, most)) return *count;
  throw RegionJson::type_error::create(302, fmt::format("{} is no count", key), &value);
}

RegionJson asJson(const RegionFacts& facts) {
  RegionJson composition = RegionJson::array();
  for (const ClassShare& each : facts.composition)
    composition.push_back({{"target", each.target}, {"class", each.className}, {"share", each.share}});
  return {{"name", facts.name},          {"tiles", facts.tiles},   {"tile_mm2", facts.tileMm2},
          {"drawn_mm2", facts.drawnMm2}, {"tissue", facts.tissue}, {"squares", facts.squares},
          {"composition", composition}};
}

RegionFacts factsIn(const RegionJson& object) {
  RegionFacts facts;
  facts.name = object.at("name").get<std::string>();
  facts.tiles = static_cast<size_t>(countIn(object, "tiles", kMostCounted));
  facts.tileMm2 = numberIn(object, "tile_mm2");
  facts.drawnMm2 = numberIn(object, "drawn_mm2");
  facts.tissue = numberIn(object, "tissue");
  facts.squares = numberIn(object, "squares");
  for (const RegionJson& each : object.at("composition"))
    facts.composition.push_back({each.at("target").get<std::string>(), each.at("class").get<std::string>(),
                                 each.at("share").get<double>()});
  return facts;
}

RegionJson asJson(const RegionGene& gene) {
  RegionJson object = {{"symbol", gene.symbol}};
  for (const Figure& figure : kFigures) object[figure.key] = gene.*figure.number;
  return object;
}

RegionGene geneIn(const RegionJson& object) {
  RegionGene gene;
  gene.symbol = object.at("symbol").get<std::string>();
  for (const Figure& figure : kFigures) gene.*figure.number = numberIn(object, figure.key);
  return gene;
}

RegionJson asJson(const RegionComparison& comparison) {
  RegionJson genes = RegionJson::array();
  for (const RegionGene& gene : comparison.genes) genes.push_back(asJson(gene));
  return {{"slide", {{"file", comparison.slideFile}, {"hash", comparison.slideHash}}},
          {"model",
           {{"name", comparison.modelName},
            {"version", comparison.modelVersion},
            {"hash", comparison.modelHash}}},
          {"label_unit", comparison.labelUnit},
          {"a", asJson(comparison.a)},
          {"b", asJson(comparison.b)},
          {"b_is_rest", comparison.bIsRest},
          {"shared_tiles", comparison.sharedTiles},
          {"side", RegionComparison::kSide},
          {"draws", comparison.draws},
          {"seed", comparison.seed},
          {"outside", comparison.outside},
          {"withheld", comparison.withheld},
          {"genes", std::move(genes)}};
}

RegionComparison comparisonIn(const RegionJson& object) {
  const auto text = [](const RegionJson& of, const char* key) { return of.at(key).get<std::string>(); };
  RegionComparison comparison;
  const RegionJson &slide = object.at("slide"), &model = object.at("model");
  comparison.slideFile = text(slide, "file");
  comparison.slideHash = text(slide, "hash");
  comparison.modelName = text(model, "name");
  comparison.modelVersion = text(model, "version");
  comparison.modelHash = text(model, "hash");
  comparison.labelUnit = text(object, "label_unit");
  comparison.a = factsIn(object.at("a"));
  comparison.b = factsIn(object.at("b"));
  comparison.bIsRest = object.at("b_is_rest").get<bool>();
  comparison.sharedTiles = static_cast<size_t>(countIn(object, "shared_tiles", kMostCounted));
  comparison.draws = static_cast<int>(countIn(object, "draws", kMostCounted));
  comparison.seed = object.at("seed").get<uint64_t>();
  comparison.outside = text(object, "outside");
  comparison.withheld = object.at("withheld").get<bool>();
  for (const RegionJson& gene : object.at("genes")) comparison.genes.push_back(geneIn(gene));
  return comparison;
}

/// nlohmann's reasons begin with "[json.exception...] ".
tl::unexpected<Error> unreadable(const char* what, const nlohmann::json::exception& error) {
  const std::string reason = error.what();
  const size_t end = reason.find("] ");
  return fail(
      fmt::format("Cannot read {}: {}.", what, end == std::string::npos ? reason : reason.substr(end + 2)));
}

std::string written(const RegionJson& json) {
  return json.dump(2, ' ', false, RegionJson::error_handler_t::replace);
}

}  // namespace

std::string toJson(const RegionComparison& comparison) {
  return written(asJson(comparison));
}

Result<RegionComparison> regionComparisonFromJson(const std::string& text) {
  if (const std::string excess = excessOfJson(text); !excess.empty())
    return fail(fmt::format("Cannot read the region table: its text {}.", excess));
  try {
    return comparisonIn(RegionJson::parse(text));
  } catch (const nlohmann::json::exception& error) {
    return unreadable("the region table", error);
  }
}

std::string toJson(const std::vector<RegionComparison>& tables) {
  RegionJson list = RegionJson::array();
  for (const RegionComparison& table : tables) list.push_back(asJson(table));
  return list.dump(-1, ' ', false, RegionJson::error_handler_t::replace);
}

Result<std::vector<RegionComparison>> regionTablesFromJson(const std::string& text) {
  std::vector<RegionComparison> tables;
  if (text.empty()) return tables;
  if (const std::string excess = excessOfJson(text); !excess.empty())
    return fail(fmt::format("Cannot read the region tables: their text {}.", excess));
  try {
    const RegionJson list = RegionJson::parse(text);
    if (!list.is_array()) return fail("Cannot read the region tables: they are no list.");
    for (const RegionJson& table : list) tables.push_back(comparisonIn(table));
    return tables;
  } catch (const nlohmann::json::exception& error) {
    return unreadable("the region tables", error);
  }
}

}  // namespace geneglass
