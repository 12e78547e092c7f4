// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "inference/package/model_package.h"
#include "inference/prediction/prediction.h"
#include "inference/prediction/template_call.h"
#include "inference/subtype/template_set.h"

namespace geneglass {

/// Mean and standard deviation.
struct Spread {
  double mean = 0;
  double deviation = 0;
};

/// Of values of which even steps of the quantiles are known, taken as linear between them.
Spread spreadOf(std::span<const float> quantiles);

/// What slide values of all the package's genes (G, label's unit) are called by nearest template, as
/// addSubtype() has it, without tiles. Errors: those of its templates.
Result<TemplateCall> callOfValues(std::span<const double> values, const ModelPackage& package,
                                  const TemplateSet& templates);

/// What a whole prediction's slide is called by nearest template. Adds to the prediction's calls one of tiles
/// (CallFacts::ofTiles), whose statement tells all of it: which template each tile's expression estimates are
/// nearest to, which has no p; a former one of the same target goes. Genes are deviations from the mean of
/// the training's out-of-fold predictions, since predictions shrink; those whose predictions did not vary do
/// not count. Reads a map for each gene of the templates. Same prediction, same p. Errors name the templates:
/// a class of which the package predicts no gene; stopped; the maps' trouble.
Result<TemplateCall> addSubtype(Prediction& prediction, const ModelPackage& package,
                                const TemplateSet& templates, const std::stop_token& stop);

/// The templates a package carries: the files templates.TARGET.csv or .tsv in its folder, by name. Errors:
/// those of readTemplates().
Result<std::vector<TemplateSet>> templatesOf(const ModelPackage& package);
/// And after them those that were chosen.
Result<std::vector<TemplateSet>> templatesOf(const ModelPackage& package,
                                             const std::vector<std::string>& files);

}  // namespace geneglass
