// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/planted_expression.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "inference/package/panel_manifest.h"
#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

/// What the genes of one group follow. Mean and deviation of the share: over 400 slides of 6144 x 6144 px.
struct Follows {
  std::string group;
  std::vector<TissueClass> drivers;
  double mean, deviation;
};

const std::vector<Follows>& follows() {
  static const std::vector<Follows> rules = {{"CMS1", {TissueClass::Lymphoid}, 0.14, 0.125},
                                             {"CMS2", {TissueClass::Tumour}, 0.235, 0.16},
                                             {"CMS3", {TissueClass::Goblet, TissueClass::Mucin}, 0.20, 0.15},
                                             {"CMS4", {TissueClass::Stroma}, 0.165, 0.14}};
  return rules;
}

/// FNV-1a: the same for a symbol everywhere.
uint64_t hashOf(const std::string& symbol) {
  uint64_t hash = 0xCBF29CE484222325ull;
  for (unsigned char letter : symbol) hash = (hash ^ letter) * 0x100000001B3ull;
  return hash;
}

PlantedGene plant(const PanelGene& gene, const std::string& group) {
  RandomStream random(hashOf(gene.symbol));
  PlantedGene planted;
  planted.symbol = gene.symbol;
  planted.base = random.uniform(4, 10);
  planted.noise = random.uniform(0.8, 1.2);
  for (const Follows& rule : follows()) {
    if (rule.group != group) continue;
    planted.drivers = rule.drivers;
    planted.mean = rule.mean;
    planted.deviation = rule.deviation;
    planted.slope = random.uniform(0.8, 1.4) * (gene.low ? -1 : 1);
    planted.bestCorrelation = random.uniform(0.85, 0.95);
    planted.noise =
        std::fabs(planted.slope) * std::sqrt(1 / (planted.bestCorrelation * planted.bestCorrelation) - 1);
  }
  return planted;
}

}  // namespace

const std::vector<PlantedGene>& plantedGenes() {
  static const std::vector<PlantedGene> genes = [] {
    std::vector<PlantedGene> all;
    for (const GeneGroup& group : colorectalPanel().groups)
      for (const PanelGene& gene : group.genes) all.push_back(plant(gene, group.name));
    return all;
  }();
  return genes;
}

double driverShare(const PlantedGene& gene, const ClassFractions& fractions) {
  double tissue = 0, drivers = 0;
  for (TissueClass each : kAllTissueClasses)
    if (isTissue(each)) tissue += fractions[static_cast<size_t>(each)];
  for (TissueClass each : gene.drivers) drivers += fractions[static_cast<size_t>(each)];
  return tissue > 0 ? drivers / tissue : 0;
}

double plantedTruth(const PlantedGene& gene, const ClassFractions& fractions) {
  if (gene.drivers.empty()) return gene.base;
  return gene.base + gene.slope * (driverShare(gene, fractions) - gene.mean) / gene.deviation;
}

double plantedExpression(const PlantedGene& gene, const ClassFractions& fractions, uint64_t seed) {
  return plantedTruth(gene, fractions) +
         gene.noise * RandomStream(mixBits(seed) ^ hashOf(gene.symbol)).normal();
}

std::string describePlantedGenes() {
  using Json = nlohmann::ordered_json;
  const GenePanel& panel = colorectalPanel();
  Json genes = Json::array();
  for (const PlantedGene& gene : plantedGenes()) {
    Json drivers = Json::array();
    for (TissueClass each : gene.drivers) drivers.push_back(toString(each));
    genes.push_back({{"symbol", gene.symbol},
                     {"subtype", panel.nameOf(panel.groupOf(gene.symbol))},
                     {"drivers", drivers},
                     {"null", gene.drivers.empty()},
                     {"base", gene.base},
                     {"slope", gene.slope},
                     {"mean_share", gene.mean},
                     {"deviation_of_share", gene.deviation},
                     {"noise", gene.noise},
                     {"best_correlation", gene.bestCorrelation}});
  }
  const Json all = {
      {"expression",
       "base + slope * (share - mean_share) / deviation_of_share + noise * N(0, 1); share = the slide's area "
       "of the "
       "driver classes over its area of tissue (neither glass nor pen); null genes: base + noise * N(0, 1)"},
      {"truth_map",
       "the same without noise for each cell of 64 x 64 level-0 pixels; NaN in cells without tissue; its "
       "mean over "
       "cells, weighted by their tissue, is the slide's expression without noise"},
      {"genes", genes}};
  return all.dump(2) + "\n";
}

}  // namespace geneglass
