// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/split_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "inference/learning/heads/training_memory.h"
#include "inference/torch/torch_modules.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

/// A seed of its own for each model (the finaliser of SplitMix64).
uint64_t seedOf(uint64_t seed, size_t job) {
  uint64_t mixed = seed + 0x9e3779b97f4a7c15ULL * (job + 1);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31);
}

/// Trains the models one after the other on each of several threads.
class EnsembleTrainer final {
 public:
  EnsembleTrainer(const TrainingCases& cases, const std::vector<SplitCases>& splits,
                  const OneGeneSettings& settings, uint64_t seed, const TrainingMemory* memory)
      : m_cases(cases),
        m_splits(splits),
        m_settings(settings),
        m_seed(seed),
        m_memory(memory),
        m_members(splits.size() * cases.labels.columns) {}

  std::optional<std::vector<HeadMember>> train(int threads, const std::stop_token& stop,
                                               const OnProgress& progress, const OnGeneEpoch& onEpoch) {
    inOwnThreads(m_members.size(), 1, threads, [&](size_t, size_t job, size_t) {
      computeAlone();
      if (!stop.stop_requested()) trainOne(job, stop, progress, onEpoch);
    });
    if (stop.stop_requested()) return {};
    return std::move(m_members);
  }

 private:
  void trainOne(size_t job, const std::stop_token& stop, const OnProgress& progress,
                const OnGeneEpoch& onEpoch) {
    const size_t split = job / m_cases.labels.columns, gene = job % m_cases.labels.columns;
    const std::string name = fmt::format("split{}-gene{}", split, gene);
    std::optional<KeptState> kept;
    if (m_memory) kept = m_memory->find(name);
    if (!kept) {
      kept = trained(job, stop);
      if (!kept) return;
      if (m_memory) m_memory->keep(name, *kept);
    }
    const std::vector<double>& scale = kept->numbers["scale"];
    m_members[job] = {split, gene, 1, kept->tensors["weights"], {scale.at(0)}, {scale.at(1)}};
    const std::scoped_lock lock(m_reporting);
    if (onEpoch)
      for (const EpochReport& report : kept->reports) onEpoch(split, gene, report);
    m_lossSum += kept->numbers["loss"].at(0);
    ++m_done;
    progress(
        {fmt::format("mean held-out loss {:.3f}, models of a gene and split", m_lossSum / double(m_done)),
         m_done, int64_t(m_members.size()), m_time.after(double(m_done), double(m_members.size()))});
  }

  std::optional<KeptState> trained(size_t job, const std::stop_token& stop) const {
    const SplitCases& cases = m_splits[job / m_cases.labels.columns];
    KeptState state;
    const auto head = trainOneGene(m_cases, job % m_cases.labels.columns, cases.training, cases.validation,
                                   m_settings, seedOf(m_seed, job), stop,
                                   [&](const EpochReport& report) { state.reports.push_back(report); });
    if (!head) return {};
    state.tensors["weights"] = head->weights;
    state.numbers = {{"scale", {head->scale.mean[0], head->scale.deviation[0]}},
                     {"loss", {head->validationLoss}}};
    return state;
  }

  const TrainingCases& m_cases;
  const std::vector<SplitCases>& m_splits;
  const OneGeneSettings m_settings;
  const uint64_t m_seed;
  const TrainingMemory* m_memory;
  std::vector<HeadMember> m_members;
  std::mutex m_reporting;
  int64_t m_done = 0;
  double m_lossSum = 0;
  TimeLeft m_time;
};

Matrix applyOne(const HeadMember& member, std::span<const Matrix* const> bags) {
  return applyHead({member.weights, {member.mean, member.deviation}, 0, 0}, bags);
}

}  // namespace

std::optional<std::vector<HeadMember>> trainEnsemble(const TrainingCases& cases,
                                                     const std::vector<SplitCases>& splits,
                                                     const OneGeneSettings& settings, uint64_t seed,
                                                     int threads, const std::stop_token& stop,
                                                     const OnProgress& progress, const OnGeneEpoch& onEpoch,
                                                     const TrainingMemory* memory) {
  return EnsembleTrainer(cases, splits, settings, seed, memory).train(threads, stop, progress, onEpoch);
}

Matrix applyMembers(const std::vector<HeadMember>& members, std::span<const Matrix* const> bags) {
  const double splits = double(members.back().split + 1);
  const HeadMember& last = members.back();
  const size_t genes = last.firstGene + last.genes;
  std::vector<double> sums(bags.size() * genes);
  for (const HeadMember& member : members) {
    const Matrix values = applyOne(member, bags);
    for (size_t bag = 0; bag < bags.size(); ++bag)
      for (size_t gene = 0; gene < member.genes; ++gene)
        sums[bag * genes + member.firstGene + gene] += values.at(bag, gene) / splits;
  }
  Matrix mean(bags.size(), genes);
  std::copy(sums.begin(), sums.end(), mean.values.begin());
  return mean;
}

Matrix applyToJudged(const std::vector<HeadMember>& members, const std::vector<SplitCases>& splits,
                     const TrainingCases& cases) {
  Matrix predicted(cases.bags.size(), cases.labels.columns);
  for (const HeadMember& member : members) {
    const std::vector<size_t>& judged = splits[member.split].judged;
    std::vector<const Matrix*> bags;
    for (const size_t index : judged) bags.push_back(cases.bags[index]);
    const Matrix values = applyOne(member, bags);
    for (size_t i = 0; i < judged.size(); ++i)
      std::copy_n(values.row(i).begin(), member.genes,
                  predicted.row(judged[i]).begin() + long(member.firstGene));
  }
  return predicted;
}

}  // namespace geneglass
