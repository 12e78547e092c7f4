// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/head/head_ensemble.h"
#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/one_gene_training.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// Called for each epoch of one gene's model when the model is done, by one thread at a time.
using OnGeneEpoch = std::function<void(size_t split, size_t gene, const EpochReport&)>;

/// One model a gene and split, by split, then gene; as many at once as there are threads (0 = all), each
/// giving the same bytes whatever their number. A model that is done is kept in `memory`, where there is one,
/// and not trained again. Nothing where `stop` was asked.
std::optional<std::vector<HeadMember>> trainEnsemble(const TrainingCases& cases,
                                                     const std::vector<SplitCases>& splits,
                                                     const OneGeneSettings& settings, uint64_t seed,
                                                     int threads, const std::stop_token& stop,
                                                     const OnProgress& progress, const OnGeneEpoch& onEpoch,
                                                     const TrainingMemory* memory = nullptr);

/// The mean of the splits, bags x G, in the label's unit.
Matrix applyMembers(const std::vector<HeadMember>& members, std::span<const Matrix* const> bags);

/// Each case predicted by the split it was judged in alone, cases x G; every case is judged in one split.
Matrix applyToJudged(const std::vector<HeadMember>& members, const std::vector<SplitCases>& splits,
                     const TrainingCases& cases);

}  // namespace geneglass
