// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/head_training.h"

namespace geneglass {

/// The numbers of Graziani et al. 2022 (methods.md section 1): SGD with Nesterov momentum, a constant
/// learning rate, one bag a step. Features go in as the encoder gives them.
struct OneGeneSettings {
  int embedding = 128;
  int attention = 64;
  double learningRate = 1e-4;
  double momentum = 0.9;
  double weightDecay = 0.01;
  int epochs = 100;
  int patience = 12;  ///< epochs without a better validation loss before it ends
};

/// Trains a model for one gene alone on the cases that have its label, keeps the epoch best on `validation`.
/// The head predicts that gene only; its scale is of the training cases. Same seed, same bytes; several may
/// run on threads of their own. Nothing where `stop` was asked.
std::optional<TrainedHead> trainOneGene(const TrainingCases& cases, size_t gene,
                                        std::span<const size_t> training, std::span<const size_t> validation,
                                        const OneGeneSettings& settings, uint64_t seed,
                                        const std::stop_token& stop, const OnEpoch& onEpoch);

/// The weights of such a model drawn by `seed`, never trained.
TensorFile untrainedOneGene(int features, const OneGeneSettings& settings, uint64_t seed);

/// The numbers a model for one gene learns: 74,114 with 512 features.
int64_t parametersOfOneGene(int features, const OneGeneSettings& settings);

}  // namespace geneglass
