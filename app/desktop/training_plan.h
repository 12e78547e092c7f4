// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>

#include "inference/learning/training_check.h"

namespace geneglass {

/// A training that is to run: what `geneglass-cli train` is called with.
struct TrainingPlan {
  TrainingQuestion question;
  std::filesystem::path encoder;  ///< a package; empty = the shipped model's
  std::filesystem::path bags;     ///< where features are kept; empty = OUT.bags
  int threads = 0;                ///< 0 = all

  QStringList arguments() const;  ///< of geneglass-cli
  QString title() const;          ///< "geneglass on cohort.csv, 5 folds"
};

/// OUT.curve.csv, and back: the package a curve is of; empty where the file has another name.
std::filesystem::path curveOf(const std::filesystem::path& package);
std::filesystem::path packageOf(const std::filesystem::path& curve);

/// The paths of the question made absolute, as a child process in any folder needs them.
TrainingPlan withWholePaths(TrainingPlan plan);

/// What the check and the encoder say, in one sentence; the error is the first thing against the training.
/// Reads files; not on the GUI thread.
Result<QString> describeTraining(const TrainingPlan& plan);

}  // namespace geneglass
