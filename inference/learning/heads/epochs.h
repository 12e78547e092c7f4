// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files only: LibTorch's types are in it.
#include <limits>
#include <random>

#include "inference/learning/heads/feature_scale.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/torch/torch_modules.h"

namespace geneglass {

/// The epochs of one training by Adam: the order of the bags, which epoch was best, when it ends, and going
/// on after a stop. Same seed, same order. One thread.
class TrainingRun final {
 public:
  struct Rules {
    double learningRate = 0;  ///< at the start
    double weightDecay = 0;
    int epochs = 0;        ///< at most
    int patience = 0;      ///< epochs without a better validation before it ends
    int stopAfter = 0;     ///< epochs without validation; 0 = `epochs`
    double leastGain = 0;  ///< of the loss: an epoch better by no more is no better one
  };

  /// What an epoch is made of.
  struct Epoch {
    std::function<std::optional<double>(TrainingRun&, int epoch)> train;  ///< mean loss; nothing: stopped
    std::function<EpochReport()> validate;           ///< loss and r; NaN where nothing validates
    std::function<double(const EpochReport&)> loss;  ///< what is to become small
  };

  struct Best {
    TensorFile weights;                                     ///< taking raw features
    int epoch = 0;                                          ///< 1-based, at whose end they were
    double loss = std::numeric_limits<double>::infinity();  ///< NaN where nothing validates
  };

  /// `module` and `scale`, by which its features are standardised, outlive it.
  TrainingRun(torch::nn::Module& module, const FeatureScale& scale, std::span<const size_t> training,
              const Rules& rules, uint64_t seed);

  /// Without validation it keeps the last epoch. Nothing where an epoch was stopped.
  std::optional<Best> run(bool validated, const Epoch& epoch, const OnEpoch& onEpoch,
                          const Remembered& remembered);

  const std::vector<size_t>& order() const { return m_order; }  ///< of the bags in this epoch
  torch::optim::Adam& adam() { return m_adam; }
  uint64_t beginStep();  ///< its number from 1 on; gradients are 0

 private:
  TensorFile weights() const;
  std::optional<EpochReport> oneEpoch(const Epoch& epoch, int last, bool validated);
  KeptState kept();
  void goOn(const Remembered& remembered);

  torch::nn::Module& m_module;
  const FeatureScale& m_scale;
  const Rules m_rules;
  std::vector<size_t> m_order;
  std::mt19937_64 m_random;
  torch::optim::Adam m_adam;
  uint64_t m_steps = 0;
  Best m_best;
  std::vector<EpochReport> m_reports;  ///< of the epochs done
};

}  // namespace geneglass
