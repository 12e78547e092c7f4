// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/prediction_files.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "inference/prediction/prediction_json.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {

using nlohmann::json;

namespace {

json toJson(const GenePrediction& gene, const GenePanel& panel) {
  return {{"symbol", gene.symbol},      {"subtype", panel.nameOf(gene.group)},
          {"value", gene.value},        {"training_mean", gene.trainingMean},
          {"baseline", gene.baseline},  {"percentile", gene.percentile},
          {"heldout_r", gene.heldOutR}, {"ci_low", gene.ciLow},
          {"ci_high", gene.ciHigh},     {"well_predicted", gene.wellPredicted},
          {"spread", gene.spread}};
}

json judgedOn(const CallFacts& facts) {
  return {{"slides", facts.slides}, {"patients", facts.patients}, {"synthetic", facts.synthetic}};
}

json domainAsJson(const Prediction& prediction) {
  if (!prediction.domain) return nullptr;
  const SlideDomain& domain = *prediction.domain;
  return {{"share_outside", domain.shareOutside},
          {"p", domain.p},
          {"outside", domain.outside},
          {"training_slides", domain.slides},
          {"withheld", prediction.withheld}};
}

json qualityAsJson(const std::optional<SlideQuality>& quality) {
  if (!quality) return nullptr;
  return {{"pen_mm2", quality->penMm2},
          {"pen_tiles", quality->penTiles},
          {"blurred_tiles", quality->focusJudged ? json(quality->blurred.size()) : json()}};
}

constexpr const char* kUse = "research use only, not for diagnosis";

json diagnosisAsJson(const SlideCall& call) {
  const CallFacts& facts = call.facts;
  const ClassFacts& positive = facts.positive();
  return {{"class", positive.name},
          {positive.name == "tumour" ? "p_tumour" : "p", call.probability()},
          {"calibrated", true},
          {"calibration_error", facts.calibrationError},
          {"score", call.scores.back()},
          {"threshold", facts.threshold},
          {"auc", positive.auc},
          {"auc_low", positive.aucLow},
          {"auc_high", positive.aucHigh},
          {"accuracy", facts.accuracy},
          {"judged_on", judgedOn(facts)},
          {"region", {{"tiles", call.regionTiles}, {"area_mm2", call.regionMm2}}},
          {"use", kUse},
          {"statement", facts.statement}};
}

/// Of a call of tiles.
json sharesAsJson(const SlideCall& call) {
  json shares = json::array();
  for (size_t each = 0; each < call.probabilities.size(); ++each)
    shares.push_back({{"class", call.facts.classes[each].name}, {"share", call.probabilities[each]}});
  return {{"target", call.facts.target},
          {"tiles", call.classOfTile.size()},
          {"shares", std::move(shares)},
          {"heldout", nullptr},
          {"use", kUse},
          {"statement", call.facts.statement}};
}

json toJson(const SlideCall& call) {
  if (call.facts.ofTiles) return sharesAsJson(call);
  const CallFacts& facts = call.facts;
  json heldOut = {{"accuracy", facts.accuracy},
                  {"calibration_error", facts.calibrationError},
                  {"judged_on", judgedOn(facts)},
                  {"classes", json::array()}};
  json names = json::array();
  for (const ClassFacts& each : facts.classes) {
    names.push_back(each.name);
    heldOut["classes"].push_back(
        {{"class", each.name}, {"auc", each.auc}, {"auc_low", each.aucLow}, {"auc_high", each.aucHigh}});
  }
  return {{"target", facts.target},
          {"classes", std::move(names)},
          {"probabilities", call.probabilities},
          {"heldout", std::move(heldOut)},
          {"use", kUse},
          {"statement", facts.statement}};
}

/// `fdr`: of a single slide there is none. `heldout`: it was never tested.
json toJson(const TemplateCall& call) {
  return {{"target", call.target},
          {"templates", call.source},
          {"classes", call.classes},
          {"distances", call.distance},
          {"call", call.isCalled() ? json(call.classes[call.nearest]) : json()},
          {"nearest", call.classes[call.nearest]},
          {"p", call.p},
          {"fdr", nullptr},
          {"tile_shares", call.shares},
          {"template_genes",
           {{"all", call.rows}, {"predicted", call.predicted}, {"well_predicted", call.wellPredicted}}},
          {"heldout", nullptr},
          {"statement", inWords(call) + ", " + trustInWords(call)},
          {"use", kUse}};
}

size_t tilesOf(const Hotspot& hotspot, const TileGrid& grid) {
  return grid.cover ? size_t(std::ranges::count(tilesWithin(grid, {hotspot}), true)) : hotspot.cells.size();
}

/// `polygon`: rings of [x, y] in level-0 pixels, the outer one first, as GeoJSON orders them.
json toJson(const Hotspot& hotspot, const Prediction& prediction) {
  json rings = json::array();
  for (const auto& ring : hotspot.rings) {
    json points = json::array();
    for (const Point& point : ring) points.push_back({point.x, point.y});
    rings.push_back(std::move(points));
  }
  return {{"gene", prediction.genes[static_cast<size_t>(hotspot.gene)].symbol},
          {"rank", hotspot.rank},
          {"area_mm2", hotspot.areaMm2},
          {"mean", hotspot.mean},
          {"tiles", tilesOf(hotspot, prediction.grid)},
          {"polygon", std::move(rings)}};
}

/// Where the grid begins elsewhere than at the slide's corner it says so; `cells`: what those show of tiles
/// that lie on no lattice.
json toJson(const TileGrid& grid) {
  json facts = {{"tile", grid.tile},
                {"stride", grid.stride},
                {"cols", grid.columns},
                {"rows", grid.rows},
                {"tiles", grid.count()}};
  if (grid.left != 0 || grid.top != 0 || grid.cover) facts.update({{"left", grid.left}, {"top", grid.top}});
  if (grid.cover) facts["cells"] = "mean of the tiles over the middle of each";
  return facts;
}

/// Everything but the genes and hotspots, whose lists are empty.
json frameOf(const Prediction& prediction) {
  const PredictionSeconds& seconds = prediction.seconds;
  json document = {{"slide", slideAsJson(prediction)},
                   {"model", modelAsJson(prediction)},
                   {"grid", toJson(prediction.grid)},
                   {"genes", json::array()},
                   {"hotspots", json::array()},
                   {"calls", json::array()},
                   {"domain", domainAsJson(prediction)},
                   {"quality", qualityAsJson(prediction.quality)},
                   {"damaged_tiles", prediction.damagedTiles},
                   {"precision", prediction.precision},
                   {"seconds",
                    {{"tissue", seconds.tissue},
                     {"read", seconds.read},
                     {"encode", seconds.encode},
                     {"aggregate", seconds.aggregate},
                     {"total", seconds.total}}}};
  if (const SlideCall* diagnosis = diagnosisOf(prediction))
    document["diagnosis"] = diagnosisAsJson(*diagnosis);
  for (const SlideCall& call : prediction.calls) document["calls"].push_back(toJson(call));
  return document;
}

/// As it stands `depth` levels deep in the document: lines after the first are indented. Names of files may
/// be no valid UTF-8: those bytes are replaced rather than refused.
std::string textOf(const json& value, size_t depth) {
  std::string text;
  for (const char letter : value.dump(1, ' ', false, json::error_handler_t::replace)) {
    text += letter;
    if (letter == '\n') text.append(depth, ' ');
  }
  return text;
}

/// What goes before an element of a list that stands in the document.
const char* beforeElement(bool first) {
  return first ? "[\n  " : ",\n  ";
}

/// `moransI`: of their maps, without a p, which takes 999 orders of each.
void writeGenes(std::ostream& to, const Prediction& prediction, const std::vector<double>& moransI) {
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene) {
    json facts = toJson(prediction.genes[gene], prediction.panel);
    if (gene < moransI.size()) facts["morans_i"] = moransI[gene];
    to << beforeElement(gene == 0) << textOf(facts, 2);
  }
  to << (prediction.genes.empty() ? "[]" : "\n ]");
}

}  // namespace

json slideAsJson(const Prediction& prediction) {
  return {{"file", std::filesystem::path(prediction.slideFile).filename().string()},
          {"hash", prediction.slideHash},
          {"width", prediction.slideSize.width},
          {"height", prediction.slideSize.height},
          {"mpp", prediction.mpp}};
}

json modelAsJson(const Prediction& prediction) {
  return {{"name", prediction.modelName},       {"version", prediction.modelVersion},
          {"hash", prediction.modelHash},       {"statement", prediction.modelStatement},
          {"label_unit", prediction.labelUnit}, {"fold_models", prediction.foldModels}};
}

PredictionFiles::PredictionFiles(const std::filesystem::path& folder, const std::string& name,
                                 OutsideTissue outside)
    : m_facts(folder / (name + ".prediction.json")),
      m_mapsPath(folder / (name + ".maps.h5")),
      m_outside(outside),
      m_maps(m_mapsPath) {}

bool PredictionFiles::withholds(const Prediction& prediction) const {
  return m_outside == OutsideTissue::Withheld && isOutside(prediction) && !prediction.withheld;
}

Result<void> PredictionFiles::begin(const Prediction& known) {
  if (withholds(known)) return begin(withhold(known));
  if (Result<void> begun = m_maps.begin(known); !begun) return begun;
  m_begun = true;
  m_neighbours.emplace(known.grid);
  m_hotspotsPlace.emplace(m_facts.string() + ".hotspots");
  m_hotspots.open(m_hotspotsPlace->path(), std::ios::in | std::ios::out | std::ios::trunc | std::ios::binary);
  return {};
}

Result<void> PredictionFiles::add(const Prediction& known, size_t gene, const GeneMap& map) {
  if (!m_begun)
    if (Result<void> begun = begin(known); !begun) return begun;
  const bool hidden = known.withheld || withholds(known);
  for (const Hotspot& hotspot : hidden ? std::vector<Hotspot>() : map.hotspots)
    m_hotspots << beforeElement(m_hotspotCount++ == 0) << textOf(toJson(hotspot, known), 2);
  m_moransI.push_back(m_neighbours->of(map.expression).i);
  return m_maps.add(gene, map);
}

/// Piece by piece, as json would write the whole.
Result<void> PredictionFiles::writeFacts(const Prediction& prediction,
                                         const std::vector<TemplateCall>& subtypes) {
  m_hotspots.seekg(0);
  json frame = frameOf(prediction);
  frame["subtypes"] = json::array();
  for (const TemplateCall& call : subtypes) frame["subtypes"].push_back(toJson(call));
  return writeText(m_facts, [&](std::ostream& to) {
    const char* before = "{\n ";
    for (const auto& [key, value] : frame.items()) {
      to << before << json(key).dump() << ": ";
      before = ",\n ";
      if (key == "genes")
        writeGenes(to, prediction, m_moransI);
      else if (key == "hotspots" && m_hotspotCount > 0)
        to << m_hotspots.rdbuf() << "\n ]";
      else
        to << textOf(value, 1);
    }
    to << "\n}\n";
    if (!m_hotspots) to.setstate(std::ios::failbit);
  });
}

Result<void> PredictionFiles::finish(const Prediction& prediction,
                                     const std::vector<TemplateCall>& subtypes) {
  if (withholds(prediction)) return finish(withhold(prediction));
  if (!m_begun)
    if (Result<void> begun = begin(prediction); !begun) return begun;
  if (Result<void> written = m_maps.finish(); !written) return written;
  Result<void> written = writeFacts(prediction, subtypes);
  std::error_code error;
  if (!written) std::filesystem::remove(m_mapsPath, error);
  return written;
}

Result<void> writePrediction(const std::filesystem::path& folder, const std::string& name,
                             const Prediction& prediction) {
  PredictionFiles files(folder, name);
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene) {
    const Result<GeneMapPtr> map = prediction.maps.of(gene);
    if (!map) return tl::unexpected(map.error());
    if (Result<void> added = files.add(prediction, gene, **map); !added) return added;
  }
  return files.finish(prediction);
}

}  // namespace geneglass
