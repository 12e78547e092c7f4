// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "inference/features/extract_features.h"
#include "inference/features/feature_bag.h"
#include "inference/loaded_model.h"
#include "inference/prediction/prediction.h"

namespace geneglass {

/// Told what is known while tiles are still waiting, see Prediction::waiting. On a thread of the prediction.
using OnPartial = std::function<void(std::shared_ptr<const Prediction>)>;

/// Told of each gene in turn with its map, which nobody else keeps: where it is written to a file. `known`
/// has everything but the values of later genes. An error ends the prediction with it.
using OnGene = std::function<Result<void>(const Prediction& known, size_t gene, const GeneMap& map)>;

/// Extracts features, then aggregates. Blocks. Errors: unknown mpp, no tissue, a file that changes meanwhile,
/// cancelled ("... was cancelled."), model trouble.
Result<Prediction> predictSlide(const OpenedSlide& opened, const LoadedModel& model,
                                const ExtractOptions& options, std::stop_token stop,
                                const OnProgress& progress, const OnPartial& onPartial = {},
                                const OnGene& onGene = {});

/// Applies the model's heads to features already extracted. Errors: a bag of another slide or encoder, model
/// trouble.
Result<Prediction> predictBag(const Slide& slide, FeatureBag bag, const LoadedModel& model,
                              std::stop_token stop = {}, const OnGene& onGene = {});

/// Of a single slide: load the model for it alone.
Result<Prediction> predictSlide(const OpenedSlide& opened, const ModelPackage& package,
                                const ExtractOptions& options, std::stop_token stop,
                                const OnProgress& progress, const OnPartial& onPartial = {});
Result<Prediction> predictBag(const Slide& slide, FeatureBag bag, const ModelPackage& package);

}  // namespace geneglass
