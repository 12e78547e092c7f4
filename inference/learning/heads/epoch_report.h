// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace geneglass {

/// What an epoch gave. Losses are mean squared errors of z-scores; NaN where there is nothing to tell.
struct EpochReport {
  int epoch = 0;  ///< 1-based
  int ofEpochs = 0;
  double trainingLoss = 0;  ///< mean over the steps, each before it was taken; with the attention penalty
  double validationLoss = 0;
  double validationR = 0;  ///< Pearson over the validation cases, mean over genes
};

/// Called after each epoch, also for those that a run which goes on has behind it.
using OnEpoch = std::function<void(const EpochReport&)>;

}  // namespace geneglass
