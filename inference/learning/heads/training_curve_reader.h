// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/heads/head_training.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The epochs of one model of a training.
struct CurveRun {
  std::string fold;                 ///< "0", "1", ... or "final": the head trained on all cases
  std::string gene;                 ///< empty where one model has all
  std::vector<EpochReport> epochs;  ///< ascending; ofEpochs is 0, the file does not say it
};

/// What a training has written so far.
struct ReadCurve {
  bool begun = false;          ///< the file is there and has its header
  std::vector<CurveRun> runs;  ///< in the order in which they came
  size_t latest = 0;           ///< index of the run the last row is of; any where there are no runs
};

/// Reads OUT.curve.csv (training_curve.h) while it may be written: no file, an empty one and a header or row
/// that is not whole yet are no errors but less to show. A row given twice counts once. Errors name the file
/// and the row: another header, a row that is none. A file of another kind is refused by its first bytes.
Result<ReadCurve> readTrainingCurve(const std::filesystem::path& file);

/// Epoch by epoch the mean over the genes of each fold; a gene whose model stopped earlier counts with its
/// last epoch. Runs without a gene stay as they are.
std::vector<CurveRun> meanOverGenes(const std::vector<CurveRun>& runs);

/// Index of the epoch of least validation loss, whose weights are kept; -1 where there was no validation.
int bestEpochOf(const CurveRun& run);

}  // namespace geneglass
