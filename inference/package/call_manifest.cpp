// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/call_manifest.h"

#include <fmt/format.h>

#include <set>

namespace geneglass {
namespace {

using nlohmann::json;

void readAuc(const ManifestReader& from, ClassFacts& facts) {
  facts.auc = from.number("auc", 0, 1);
  facts.aucLow = from.number("auc_low", 0, facts.auc);
  facts.aucHigh = from.number("auc_high", facts.auc, 1);
}

/// The reader of its expected error too.
ManifestReader readCalibration(const ManifestReader& from, ProbabilityScale& scale) {
  const ManifestReader calibration = from.object("calibration");
  scale.slope = calibration.number("slope", -1e6, 1e6);
  scale.offset = calibration.number("offset", -1e6, 1e6);
  return calibration;
}

void readJudging(const ManifestReader& from, CallFacts& facts) {
  facts.accuracy = from.number("accuracy", 0, 1);
  facts.slides = from.integer("slides", 2, 1 << 30);
  facts.patients = from.integer("patients", 1, facts.slides);
  facts.synthetic = from.flag("synthetic");
  facts.statement = from.text("statement");
}

constexpr const char* kOfTiles = "of_tiles";

json blockOfTiles(const CallFacts& facts) {
  json block = {
      {"target", facts.target}, {kOfTiles, true}, {"statement", facts.statement}, {"classes", json::array()}};
  for (const ClassFacts& each : facts.classes) block["classes"].push_back({{"name", each.name}});
  return block;
}

json judging(const CallFacts& facts) {
  return {{"accuracy", facts.accuracy},
          {"slides", facts.slides},
          {"patients", facts.patients},
          {"synthetic", facts.synthetic},
          {"statement", facts.statement}};
}

}  // namespace

CallFacts readDiagnosis(const ManifestReader& from) {
  CallFacts facts;
  const ManifestReader classes = from.object("classes");
  ClassFacts negative{.name = classes.text("negative")}, positive{.name = classes.text("positive")};
  if (positive.name.empty() || positive.name == negative.name)
    classes.refuse("positive", "must be a name of its own");
  facts.target = from.has("target") ? from.text("target") : positive.name;
  if (facts.target.empty()) from.refuse("target", "is empty");
  readAuc(from, positive);
  negative.auc = positive.auc, negative.aucLow = positive.aucLow, negative.aucHigh = positive.aucHigh;
  facts.calibrationError = readCalibration(from, positive.calibration).number("expected_error", 0, 1);
  negative.calibration = {positive.calibration.slope, -positive.calibration.offset};
  facts.classes = {std::move(negative), std::move(positive)};
  facts.threshold = from.number("threshold", 0, 1);
  readJudging(from, facts);
  return facts;
}

json diagnosisBlock(const CallFacts& facts) {
  const ClassFacts& positive = facts.positive();
  json block = judging(facts);
  if (facts.target != positive.name) block["target"] = facts.target;
  block["classes"] = {{"negative", facts.classes.front().name}, {"positive", positive.name}};
  block["auc"] = positive.auc;
  block["auc_low"] = positive.aucLow;
  block["auc_high"] = positive.aucHigh;
  block["calibration"] = {{"slope", positive.calibration.slope},
                          {"offset", positive.calibration.offset},
                          {"expected_error", facts.calibrationError}};
  block["threshold"] = facts.threshold;
  return block;
}

CallFacts readCall(const ManifestReader& from) {
  CallFacts facts;
  facts.target = from.text("target");
  if (facts.target.empty()) from.refuse("target", "is empty");
  facts.classes.clear();
  facts.ofTiles = from.has(kOfTiles) && from.flag(kOfTiles);
  std::set<std::string> names;
  for (const ManifestReader& each : from.objects("classes")) {
    ClassFacts one{.name = each.text("name")};
    if (one.name.empty()) each.refuse("name", "is empty");
    if (!names.insert(one.name).second) each.refuse("name", fmt::format("'{}' is there twice", one.name));
    if (!facts.ofTiles) {
      readAuc(each, one);
      (void)readCalibration(each, one.calibration);
    }
    facts.classes.push_back(std::move(one));
  }
  if (facts.classes.size() < 2 || facts.classes.size() > kMostClasses)
    from.refuse("classes", fmt::format("must be 2 to {}", kMostClasses));
  if (facts.ofTiles) {
    facts.statement = from.text("statement");
    return facts;
  }
  facts.calibrationError = from.number("expected_error", 0, 1);
  facts.threshold = from.number("threshold", 0, 1);
  readJudging(from, facts);
  return facts;
}

json callBlock(const CallFacts& facts) {
  if (facts.ofTiles) return blockOfTiles(facts);
  json block = judging(facts);
  block["target"] = facts.target;
  block["expected_error"] = facts.calibrationError;
  block["threshold"] = facts.threshold;
  block["classes"] = json::array();
  for (const ClassFacts& each : facts.classes)
    block["classes"].push_back(
        {{"name", each.name},
         {"auc", each.auc},
         {"auc_low", each.aucLow},
         {"auc_high", each.aucHigh},
         {"calibration", {{"slope", each.calibration.slope}, {"offset", each.calibration.offset}}}});
  return block;
}

}  // namespace geneglass
