// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <tuple>

#include "inference/learning/heads/head_training.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A CSV that grows while a training runs, for people and plots: `fold,gene,epoch,training_loss,
/// validation_loss,validation_r`; gene is empty where one model has all. Losses are mean squared errors of
/// z-scores, the training's with its penalty; an empty cell where there is nothing to tell. One thread at a
/// time.
class TrainingCurve final {
 public:
  /// Begins the file anew. Error: it cannot be written.
  static Result<TrainingCurve> begin(std::filesystem::path file);

  /// A row, in the file at once. A row already there is not written again.
  void add(const std::string& fold, const std::string& gene, const EpochReport& report);
  /// The rows once more, by fold, gene and epoch, whatever order they came in.
  Result<void> finish() const;

 private:
  explicit TrainingCurve(std::filesystem::path file) : m_file(std::move(file)) {}
  std::filesystem::path m_file;
  std::map<std::tuple<std::string, std::string, int>, std::string> m_rows;
};

}  // namespace geneglass
