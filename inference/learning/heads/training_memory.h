// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "inference/learning/heads/epoch_report.h"
#include "inference/learning/heads/training_cases.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// What a part of a training has done so far: enough to go on to the same bytes.
struct KeptState {
  std::map<std::string, std::vector<double>> numbers;
  std::map<std::string, TensorFile> tensors;
  std::vector<EpochReport> reports;  ///< of its epochs, the first first
};

/// A folder where a training keeps its parts, so that it goes on after an end of any kind, power failure
/// included. Used by several threads at once for different names.
class TrainingMemory final {
 public:
  /// `key` stands for all that the result depends on: what was kept under another key is not found.
  TrainingMemory(std::filesystem::path folder, std::string key);

  /// Nothing where it was not kept, is damaged, or belongs to another training.
  std::optional<KeptState> find(const std::string& name) const;
  /// Written whole or not at all; a disk that refuses costs only the going on.
  void keep(const std::string& name, const KeptState& state) const;
  /// Removes the folder: the training is done.
  void forget() const;

 private:
  std::filesystem::path m_folder;
  std::string m_key;
};

/// Where a run keeps itself after each epoch, to go on from there when it is started again; nowhere where
/// there is no memory.
struct Remembered {
  const TrainingMemory* memory = nullptr;
  std::string name;  ///< of the run within the memory
};

/// A key of the data: labels, sizes and parts of the features, and `settings`, which names all else.
std::string keyOf(const TrainingCases& cases, const std::string& settings);

}  // namespace geneglass
