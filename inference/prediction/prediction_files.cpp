// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/prediction_files.h"

#include <nlohmann/json.hpp>

#include "inference/prediction/prediction_json.h"
#include "viewer/foundation/hdf5_access.h"
#include "viewer/foundation/text_file.h"

namespace geneglass {

using nlohmann::json;

namespace {

json toJson(const GenePrediction& gene) {
  return {{"symbol", gene.symbol},      {"subtype", toString(gene.subtype)},
          {"value", gene.value},        {"training_mean", gene.trainingMean},
          {"baseline", gene.baseline},  {"percentile", gene.percentile},
          {"heldout_r", gene.heldOutR}, {"ci_low", gene.ciLow},
          {"ci_high", gene.ciHigh},     {"well_predicted", gene.wellPredicted}};
}

json toJson(const SlideDiagnosis& diagnosis) {
  const DiagnosisFacts& facts = diagnosis.facts;
  return {
      {"class", facts.positive},
      {"p_tumour", diagnosis.probability},
      {"calibrated", true},
      {"calibration_error", facts.calibrationError},
      {"score", diagnosis.score},
      {"threshold", facts.threshold},
      {"auc", facts.auc},
      {"auc_low", facts.aucLow},
      {"auc_high", facts.aucHigh},
      {"accuracy", facts.accuracy},
      {"judged_on", {{"slides", facts.slides}, {"patients", facts.patients}, {"synthetic", facts.synthetic}}},
      {"region", {{"tiles", diagnosis.regionTiles}, {"area_mm2", diagnosis.regionMm2}}},
      {"use", "research use only, not for diagnosis"},
      {"statement", facts.statement}};
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
          {"tiles", hotspot.cells.size()},
          {"polygon", std::move(rings)}};
}

json toJson(const Prediction& prediction) {
  const PredictionSeconds& seconds = prediction.seconds;
  json document = {{"slide", slideAsJson(prediction)},
                   {"model", modelAsJson(prediction)},
                   {"grid",
                    {{"tile", prediction.grid.tile},
                     {"stride", prediction.grid.stride},
                     {"cols", prediction.grid.columns},
                     {"rows", prediction.grid.rows},
                     {"tiles", prediction.grid.count()}}},
                   {"genes", json::array()},
                   {"hotspots", json::array()},
                   {"damaged_tiles", prediction.damagedTiles},
                   {"precision", prediction.precision},
                   {"seconds",
                    {{"tissue", seconds.tissue},
                     {"read", seconds.read},
                     {"encode", seconds.encode},
                     {"aggregate", seconds.aggregate},
                     {"total", seconds.total}}}};
  if (prediction.diagnosis) document["diagnosis"] = toJson(*prediction.diagnosis);
  for (const GenePrediction& gene : prediction.genes) document["genes"].push_back(toJson(gene));
  for (const Hotspot& hotspot : prediction.hotspots)
    document["hotspots"].push_back(toJson(hotspot, prediction));
  return document;
}

void writeMaps(H5::H5File& file, const Prediction& prediction) {
  const hsize_t genes = prediction.genes.size(), tiles = prediction.grid.count();
  std::vector<float> shares = prediction.attention.values;  // a_i = A_i / N
  for (float& share : shares) share /= static_cast<float>(tiles);
  std::vector<std::string> symbols;
  for (const GenePrediction& gene : prediction.genes) symbols.push_back(gene.symbol);
  writeIntegers(file, "coords", {tiles, 2}, prediction.grid.corners());
  writeFloats(file, "attention", {genes, tiles}, shares);
  writeFloats(file, "expression", {genes, tiles}, prediction.expression.values);
  writeFloats(file, "contribution", {genes, tiles}, prediction.contribution.values);
  if (prediction.diagnosis) writeFloats(file, "evidence", {tiles}, prediction.diagnosis->evidence);
  writeStrings(file, "genes", symbols);
  writeAttribute(file, "slide_hash", prediction.slideHash);
  writeAttribute(file, "model_hash", prediction.modelHash);
  writeAttribute(file, "mpp", prediction.mpp);
  writeAttribute(file, "tile", prediction.grid.tile);
}

}  // namespace

json slideAsJson(const Prediction& prediction) {
  return {{"file", prediction.slideFile},
          {"hash", prediction.slideHash},
          {"width", prediction.slideSize.width},
          {"height", prediction.slideSize.height},
          {"mpp", prediction.mpp}};
}

json modelAsJson(const Prediction& prediction) {
  return {{"name", prediction.modelName},
          {"version", prediction.modelVersion},
          {"hash", prediction.modelHash},
          {"statement", prediction.modelStatement},
          {"label_unit", prediction.labelUnit}};
}

Result<void> writePrediction(const std::filesystem::path& folder, const std::string& name,
                             const Prediction& prediction) {
  const std::filesystem::path maps = folder / (name + ".maps.h5"),
                              facts = folder / (name + ".prediction.json");
  Result<void> outcome = writeHdf5(maps, [&](H5::H5File& file) { writeMaps(file, prediction); });
  if (!outcome) return outcome;
  // Names of files may be no valid UTF-8: those bytes are replaced rather than refused.
  const std::string text = toJson(prediction).dump(1, ' ', false, json::error_handler_t::replace) + "\n";
  outcome = writeText(facts, text);
  std::error_code error;
  if (!outcome) std::filesystem::remove(maps, error);
  return outcome;
}

}  // namespace geneglass
