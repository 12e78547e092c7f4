// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/head/bag_pool.h"
#include "inference/learning/heads/trained_head.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/package/head_kind.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// What makes an epoch better than another on the validation cases: the mean squared error of z-scores, or
/// Pearson's r, mean over genes, where cases come from places whose labels lie at other levels.
enum class StopBy { Loss, Correlation };

/// How all genes' heads are trained together.
struct HeadSettings {
  int embedding = 128;         ///< H
  int attention = 64;          ///< A
  double learningRate = 1e-3;  ///< Adam's at the start; falls by a cosine to a tenth over `epochs`
  double weightDecay = 1e-4;
  double attentionPenalty = 1;         ///< how strongly attention is drawn to its prior, see BagLossOptions
  double attentionFollowsValue = 0.5;  ///< the prior: more where the tile's own estimate is high; 0 = uniform
  int epochs = 60;                     ///< of the schedule
  int patience = 12;                   ///< epochs without a better validation before it ends
  int stopAfter = 0;                   ///< epochs to train without validation cases; 0 = all of the schedule
  int bagsPerStep = 4;
  double featureDropout = 0;  ///< part of the features that a step takes from each bag, others grow
  double shrinkage = 0;       ///< of all weights a step, times the learning rate; beside weightDecay
  StopBy stopBy = StopBy::Loss;
  HeadKind kind = HeadKind::AttentionRegression;
  BagPool pool = BagPool::Attention;  ///< of gated attention
  int members = 1;                    ///< heads whose mean is predicted, see head_members.h
};

/// Of heads that learn from many small bags of a few sections, as measured spots are: narrow, with features
/// dropped, all weights shrunk, and an epoch chosen by r.
HeadSettings spotHeadSettings();

/// Processor threads that training and applying use from here on, in the whole program; 0 = all.
void useTrainingThreads(int threads);

/// Trains on `training`, keeps the epoch best on `validation`; without validation cases it trains
/// for settings.stopAfter epochs and keeps the last. Same seed and thread count, same bytes. Nothing where
/// `stop` was asked.
std::optional<TrainedHead> trainHead(const TrainingCases& cases, std::span<const size_t> training,
                                     std::span<const size_t> validation, const HeadSettings& settings,
                                     uint64_t seed, const std::stop_token& stop, const OnEpoch& onEpoch,
                                     const Remembered& remembered = {});

/// A head of the same shape with weights drawn by `seed`, never trained; features standardised as trainHead
/// does.
TrainedHead untrainedHead(const TrainingCases& cases, std::span<const size_t> training,
                          const HeadSettings& settings, uint64_t seed);

/// Predictions of the chosen cases in the label's unit, chosen x G.
Matrix applyHead(const TrainedHead& head, std::span<const Matrix* const> bags);

}  // namespace geneglass
