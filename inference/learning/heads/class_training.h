// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/heads/head_training.h"

namespace geneglass {

/// How the head of call_head.h is trained: Adam, one bag a step, the loss
///   (1 - instanceShare) CE(bag) + instanceShare CE(tiles)
/// over the `instances` tiles of highest and as many of lowest attention. In a tumour bag the highest are to
/// be tumour and the lowest not; in a normal bag none is. Of more than two classes CE(bag) is all.
struct ClassSettings {
  int embedding = 512;  ///< H
  int attention = 256;  ///< A
  double learningRate = 1e-4;
  double weightDecay = 1e-5;
  double instanceShare = 0.3;
  int instances = 8;  ///< B; at most half of the bag
  int epochs = 200;   ///< at most
  int patience = 20;  ///< epochs before it ends without a validation loss better by 0.001
  int stopAfter = 0;  ///< epochs to train without validation bags; 0 = `epochs`
};

struct TrainedClasses {
  TensorFile weights;         ///< as a callFile(): takes raw features
  int bestEpoch = 0;          ///< 1-based; the weights are of its end
  double validationLoss = 0;  ///< cross entropy of the bags at `bestEpoch`; NaN without validation bags
};

/// slides: a bag a slide, the label its class, of `classes`. Trains on `training`, keeps the epoch best on
/// `validation` (by the bags' cross entropy); without validation bags it trains for settings.stopAfter epochs
/// and keeps the last. Losses of an EpochReport are cross entropies (the training's the whole loss), its
/// validationR the correlation of P(tumour) with 0 and 1, of more classes that of all their probabilities.
/// Same seed and thread count, same bytes. Nothing where `stop` was asked.
std::optional<TrainedClasses> trainClasses(const TrainingCases& slides, size_t classes,
                                           std::span<const size_t> training,
                                           std::span<const size_t> validation, const ClassSettings& settings,
                                           uint64_t seed, const std::stop_token& stop, const OnEpoch& onEpoch,
                                           const Remembered& remembered = {});

}  // namespace geneglass
