// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "app/desktop/training/training_job.h"
#include "inference/learning/packages/training_check.h"

namespace geneglass {

/// A training of heads that is to run: what `geneglass-cli train` is called with. Paths are whole.
struct TrainingPlan {
  /// Of expression: --head and --pool.
  enum class Heads { OfRecipe, Gated, GatedExtremes };

  TrainingQuestion question;
  Heads heads = Heads::OfRecipe;
  std::filesystem::path encoder;  ///< a package; empty = the shipped model's
  bool keepGenes = false;         ///< of diagnosis: the new model has the genes of `encoder` too
  std::filesystem::path bags;     ///< where features are kept; empty = where predictions keep them
  int threads = 0;                ///< 0 = all

  TrainingJob job() const;
};

/// What the check, the slides and the encoder say, in one or two sentences; the error is the first thing
/// against the training. Reads files; not on the GUI thread.
Result<QString> describeTraining(const TrainingPlan& plan, const std::stop_token& stop = {});

/// "1 case", "5 cases".
QString counted(size_t count, const QString& one, const QString& many);

}  // namespace geneglass
