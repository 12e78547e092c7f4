// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inference/learning/pretraining/contrast_loss.h"
#include "inference/learning/pretraining/spare_processors.h"
#include "inference/learning/ranks/rank_group.h"
#include "inference/torch/residual_modules.h"

namespace geneglass {

/// An encoder and its projector D-D-projection; what comes out has length 1.
class ContrastNetwork final : public torch::nn::Module {
 public:
  ContrastNetwork(const ResNetShape& shape, int projection);
  /// n x 3 x side x side, normalised -> n x projection. `between`: as ResNetModule::forward.
  torch::Tensor forward(const torch::Tensor& tiles, const std::function<void()>& between = {});
  ResNetModule& encoder() { return *m_encoder; }

 private:
  std::shared_ptr<ResNetModule> m_encoder;
  torch::nn::Linear m_hidden{nullptr};
  torch::nn::Linear m_out{nullptr};
};

/// Where and in what pieces a learner computes.
struct ContrastWork {
  /// Tiles whose batch norms are computed together; 0 = the whole batch, as the paper does it, LibTorch
  /// sharing each layer among its threads. Otherwise each part is one thread's, which is faster; and a
  /// query's batch norm does not know its key's batch. The result is the same bit for bit with any number of
  /// threads.
  int64_t part = 0;
  int threads = 0;  ///< 0 = as many as processors
  torch::Device device = torch::kCPU;
  SpareProcessors* urgent = nullptr;  ///< where set, takes turns on these while it computes
  /// Where set, each rank is given its own share of a batch's tiles, and all learn what one process would
  /// learn of the whole batch: queries, keys and batch statistics are gathered, gradients summed in the
  /// order of the parts, so that the bits are the same. Where `part` is 0 a rank's share is a part of its
  /// own. Outlives the learner; a rank that is gone is a RankLost, and then nothing has changed.
  const RankGroup* ranks = nullptr;
};

/// All that contrast learning changes, and one step of it. One thread at a time.
class ContrastLearner final {
 public:
  /// Draws the weights by `seed`; the key network begins as a copy. The bank is empty. Tells LibTorch how
  /// many threads a layer may take: where each part is one thread's, 1, because LibTorch makes as many anew,
  /// and these spin, whenever a thread first asks.
  ContrastLearner(const ResNetShape& shape, const ContrastSettings& settings, const ContrastWork& work,
                  uint64_t seed);

  /// The encoder of both networks begins with these weights. Where their batch norms are folded, new ones
  /// take the statistics of `tiles`. Errors, to follow "...: ": tensors that do not fit.
  Result<void> startWith(const TensorFile& weights, const torch::Tensor& tiles);

  /// Appends the keys of the first `count` tiles of a batch to the bank, while it has room. True when it is
  /// full.
  bool fillBank(const torch::Tensor& tiles, int64_t count, const std::function<void()>& between = {});

  /// Two views of the same N tiles -> the loss before the step. Query network: SGD; key network: moves
  /// towards it; bank: climbs the same loss at its own temperature. `between` is called often, by any thread;
  /// where it throws, nothing has changed.
  double step(const torch::Tensor& queries, const torch::Tensor& keys, double learningRate,
              const std::function<void()>& between = {});

  /// n x D by the query encoder in evaluation mode.
  torch::Tensor features(const torch::Tensor& tiles);

  ResNetModule& encoder() { return m_query->encoder(); }

  using State = std::map<std::string, TensorFile>;  ///< "query", "key", "velocity", "bank"
  State state() const;
  void followFirst(int64_t filled);            ///< becomes what rank 0's is, whose bank is so full
  int64_t filled() const { return m_filled; }  ///< rows of the bank that hold something
  /// `filled`: as it was then; all where not given. Errors, to follow "...: ": a state of other shapes.
  Result<void> setState(const State& state, std::optional<int64_t> filled = {});

 private:
  using Network = std::shared_ptr<ContrastNetwork>;
  /// Networks with the weights of `master`, in the same memory, and gradients and batch norms of their own.
  std::vector<Network> replicas(const Network& master, size_t count) const;
  /// A part of the batch each, the replicas' batch norms beginning at 0.
  std::vector<torch::Tensor> forward(const std::vector<Network>& parts, const torch::Tensor& tiles,
                                     const std::function<void()>& between) const;
  bool inThreads() const { return m_work.part > 0 && m_work.device.is_cpu(); }
  void eachPart(size_t parts, const std::function<void(size_t part)>& work) const;
  const RankGroup& ranks() const;
  /// A row for each part of all ranks' batches: its batch norms' statistics, one after the other.
  torch::Tensor statisticsOfParts(const std::vector<Network>& parts) const;
  /// Of all parameters, in their order: the sum over the parts of all ranks.
  std::vector<torch::Tensor> gradientsOf(const std::vector<Network>& parts) const;
  struct Judgement {
    ContrastLoss loss;
    torch::Tensor upwards;  ///< the bank's gradient
  };
  Judgement judge(const torch::Tensor& queries, const torch::Tensor& keys) const;
  void descend(double learningRate, const std::vector<torch::Tensor>& gradients);
  void followQuery();

  const ResNetShape m_shape;
  const ContrastSettings m_settings;
  const ContrastWork m_work;
  Network m_query;
  Network m_key;
  std::vector<Network> m_queryParts;
  std::vector<Network> m_keyParts;
  std::vector<torch::Tensor> m_velocity;  ///< a parameter of the query network each, in its order
  NegativeBank m_bank;
  int64_t m_filled = 0;
};

}  // namespace geneglass
