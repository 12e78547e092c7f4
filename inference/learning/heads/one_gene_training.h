// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/heads/head_training.h"

namespace geneglass {

/// How models of one gene are trained: one bag a step, a constant learning rate, features as the encoder
/// gives them. As it stands: the numbers of Graziani et al. 2022 (methods.md section 1).
struct OneGeneSettings {
  int embedding = 128;
  int attention = 64;
  double learningRate = 1e-4;
  double momentum = 0.9;  ///< Nesterov's; Adam's own where `adam`
  double weightDecay = 0.01;
  int epochs = 100;
  int patience = 12;  ///< epochs without a better validation loss before it ends
  HeadKind kind = HeadKind::AttentionRegression;
  BagPool pool = BagPool::Attention;  ///< of gated attention
  bool adam = false;                  ///< instead of SGD
  bool zScores = true;                ///< learns z-scores of the labels; else the labels
};

/// The numbers of HistCode (methods.md section 2). It tells no patience: 20 is ours.
OneGeneSettings histCodeSettings(BagPool pool);

/// Trains a model for one gene alone on the cases that have its label, keeps the epoch best on `validation`.
/// The head predicts that gene only; its scale is of the training cases, 0 and 1 without z-scores. Same seed,
/// same bytes; several may run on threads of their own. Nothing where `stop` was asked.
std::optional<TrainedHead> trainOneGene(const TrainingCases& cases, size_t gene,
                                        std::span<const size_t> training, std::span<const size_t> validation,
                                        const OneGeneSettings& settings, uint64_t seed,
                                        const std::stop_token& stop, const OnEpoch& onEpoch);

/// The weights of such a model drawn by `seed`, never trained.
TensorFile untrainedOneGene(int features, const OneGeneSettings& settings, uint64_t seed);

/// The numbers a model for one gene learns: 74,114 with 512 features; HistCode's 788,226 with 1,024.
int64_t parametersOfOneGene(int features, const OneGeneSettings& settings);

}  // namespace geneglass
