// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <limits>
#include <optional>
#include <stop_token>
#include <vector>

#include "inference/exchange/slide_table.h"

namespace geneglass {

/// A slide of a run, be there a result or not.
struct CohortSlide {
  QString name;
  std::filesystem::path file;         ///< where the run read it, absolute; empty: nobody says
  std::optional<size_t> result = {};  ///< index into SlideTable::slides
  QString refusal = {};               ///< without a result: why, a sentence
};

/// What `geneglass-cli predict --slides` left in a folder. G genes.
struct CohortResults {
  std::filesystem::path folder;
  SlideTable table;
  std::vector<CohortSlide> slides;  ///< by name
};

/// Reads results and records; blocks on the disk, 1,000 slides take seconds. A slide that has a result and
/// no record is looked for beside the results. Errors: those of resultsIn() and joinResults(), stopped.
Result<CohortResults> readCohort(const std::filesystem::path& folder, const std::stop_token& stop);

/// The one scale of a gene: from the least to the highest value of the slides that may be compared, those of
/// tissue like the training's. Both NaN where there are none.
struct GeneScale {
  double least = std::numeric_limits<double>::quiet_NaN();
  double most = std::numeric_limits<double>::quiet_NaN();
  size_t slides = 0;  ///< compared
};
GeneScale scaleOf(const SlideTable& table, size_t gene);

}  // namespace geneglass
