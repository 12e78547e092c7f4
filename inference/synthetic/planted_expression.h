// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/synthetic/tissue_class.h"

namespace geneglass {

/// Fraction of each tissue class, of one place or one slide.
using ClassFractions = std::array<double, kTissueClasses>;

/// How one gene of synthetic slides depends on tissue, the same in every cohort:
/// expression = base + slope * (fraction of the drivers among tissue - mean) / deviation + noise * N(0, 1).
struct PlantedGene {
  std::string symbol;
  std::vector<TissueClass> drivers;  ///< empty: a null gene, which follows nothing
  double base = 0;
  double slope = 0;  ///< negative where the gene is low in its subtype; 0 for null genes
  double mean = 0;   ///< of the drivers' fraction over slides, a constant of the generator
  double deviation = 1;
  double noise = 0;            ///< standard deviation
  double bestCorrelation = 0;  ///< of a perfect prediction with the expression, over slides
};

/// The colorectal panel in its order: CMS1 follows lymphocytes (MLH1 inversely), CMS2 tumour glands, CMS3
/// goblet cells and mucin, CMS4 stroma; the drivers APC, TP53, KRAS, BRAF, PIK3CA and SMAD4 are null genes.
const std::vector<PlantedGene>& plantedGenes();

/// The gene's drivers as a share of the tissue: glass and ink do not count. 0 where there is no tissue.
double driverShare(const PlantedGene& gene, const ClassFractions& fractions);

/// The expected expression, without noise, of a place or a slide so composed.
double plantedTruth(const PlantedGene& gene, const ClassFractions& fractions);

/// What is measured of a slide: the truth and noise drawn by the slide's seed.
double plantedExpression(const PlantedGene& gene, const ClassFractions& fractions, uint64_t seed);

/// The function of every gene in words and numbers, as JSON text.
std::string describePlantedGenes();

}  // namespace geneglass
