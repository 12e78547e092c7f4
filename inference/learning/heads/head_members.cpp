// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/head_members.h"

#include <fmt/format.h>

namespace geneglass {

std::optional<HeadMembers> trainMembers(const TrainingCases& cases, std::span<const size_t> training,
                                        std::span<const size_t> validation, const HeadSettings& settings,
                                        uint64_t seed, const std::stop_token& stop,
                                        const OnMemberEpoch& onEpoch, const Remembered& remembered) {
  constexpr uint64_t kSeedsApart = 1000;  // folds take the seeds that follow each other
  HeadMembers members;
  for (int member = 0; member < settings.members; ++member) {
    Remembered own = remembered;
    if (member > 0) own.name += fmt::format(" member{}", member);
    auto head = trainHead(
        cases, training, validation, settings, seed + kSeedsApart * uint64_t(member), stop,
        [&](const EpochReport& report) { onEpoch(member, report); }, own);
    if (!head) return {};
    members.push_back(std::move(*head));
  }
  return members;
}

Matrix applyMembers(const HeadMembers& members, std::span<const Matrix* const> bags) {
  Matrix mean = applyHead(members.front(), bags);
  for (size_t member = 1; member < members.size(); ++member) {
    const Matrix more = applyHead(members[member], bags);
    for (size_t i = 0; i < mean.values.size(); ++i) mean.values[i] += more.values[i];
  }
  if (members.size() > 1)
    for (float& value : mean.values) value /= float(members.size());
  return mean;
}

std::vector<HeadMember> weightsOf(std::span<const TrainedHead> heads) {
  std::vector<HeadMember> all;
  for (const TrainedHead& head : heads)
    all.push_back(
        {all.size(), 0, head.scale.mean.size(), head.weights, head.scale.mean, head.scale.deviation});
  return all;
}

TrainedHead joined(HeadMembers members) {
  if (members.size() == 1) return std::move(members.front());
  TensorFile weights = stackMembers(weightsOf(members));
  TrainedHead head = std::move(members.front());
  head.weights = std::move(weights);
  return head;
}

std::string nameOfMember(const std::string& what, int member, const HeadSettings& settings) {
  return settings.members == 1 ? what
                               : fmt::format("{}, member {} of {}", what, member + 1, settings.members);
}

}  // namespace geneglass
