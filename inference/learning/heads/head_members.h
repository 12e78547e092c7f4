// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "inference/head/head_ensemble.h"
#include "inference/learning/heads/head_training.h"

namespace geneglass {

/// Heads that differ in their seeds alone, of one training; the mean of what they say is predicted.
using HeadMembers = std::vector<TrainedHead>;

/// Called after each epoch of a member, counted from 0.
using OnMemberEpoch = std::function<void(int member, const EpochReport&)>;

/// settings.members times trainHead(). Each keeps itself under a name of its own. Nothing where `stop` was
/// asked.
std::optional<HeadMembers> trainMembers(const TrainingCases& cases, std::span<const size_t> training,
                                        std::span<const size_t> validation, const HeadSettings& settings,
                                        uint64_t seed, const std::stop_token& stop,
                                        const OnMemberEpoch& onEpoch, const Remembered& remembered = {});

/// The mean of their predictions, chosen x G, in the label's unit.
Matrix applyMembers(const HeadMembers& members, std::span<const Matrix* const> bags);

/// The weights of heads that see the same features, to be stacked.
std::vector<HeadMember> weightsOf(std::span<const TrainedHead> heads);

/// As one head: of several the weights are those of an ensemble (head_ensemble.h).
TrainedHead joined(HeadMembers members);

/// "fold 1 of 5", of several members "fold 1 of 5, member 2 of 3".
std::string nameOfMember(const std::string& what, int member, const HeadSettings& settings);

}  // namespace geneglass
