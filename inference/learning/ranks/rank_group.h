// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include <torch/torch.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "inference/learning/ranks/rank_place.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Thrown where another process does not answer any more; says which call failed.
struct RankLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The processes that learn together, by LibTorch's Gloo: what each of them says to all. Every function is
/// called by all ranks in the same order, from one thread; all throw RankLost. A group of one does nothing.
class RankGroup final {
 public:
  RankGroup();  ///< alone
  /// Waits for the others. Errors: they do not come in time, the address is none.
  static Result<RankGroup> join(const RankPlace& place);
  RankGroup(RankGroup&&) noexcept;
  ~RankGroup();

  int rank() const { return m_place.rank; }
  int ranks() const { return m_place.ranks; }
  bool isFirst() const { return m_place.rank == 0; }

  /// The tensors of all ranks one after the other along the first dimension, in their order; all of one
  /// shape.
  torch::Tensor gathered(const torch::Tensor& own) const;
  using Parts = std::vector<std::vector<torch::Tensor>>;
  /// The sum of parts, tensor by tensor, one part after the other, those of rank 0 first: the same bits on
  /// every rank, and those of one process that has all the parts. As many parts on every rank, one or more.
  std::vector<torch::Tensor> summed(const Parts& own) const;
  /// Every rank's tensors become those of rank 0.
  void followFirst(const std::vector<torch::Tensor>& tensors) const;
  std::vector<double> ofFirst(std::vector<double> numbers) const;  ///< as many on every rank
  bool any(bool own) const;                                        ///< whether it is so on any rank

 private:
  struct Process;
  RankGroup(const RankPlace& place, std::unique_ptr<Process> process);
  torch::Tensor broadcast(torch::Tensor flat) const;
  torch::Tensor exchanged(const torch::Tensor& own) const;
  torch::Tensor summedFlat(const Parts& own) const;

  RankPlace m_place;
  std::unique_ptr<Process> m_process;  ///< null where it is alone
};

}  // namespace geneglass
