// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/cohort/label_rule.h"

namespace geneglass {

/// Where the labels of a cohort come from: its own columns, a table of expression, or, where the rule is a
/// fold change, the tables of tumour and normal samples.
struct LabelSource {
  LabelRule rule = LabelRule::Checked;
  std::filesystem::path expression;  ///< see readExpressionTable; empty = the cohort's own columns
  std::filesystem::path tumour;      ///< see foldChanges; may be one table
  std::filesystem::path normal;
  std::filesystem::path panel;     ///< see readGeneList; empty = `genes`
  std::vector<std::string> genes;  ///< of a table; empty = all

  bool isFoldChange() const {
    return rule == LabelRule::FoldChangeLog10 || rule == LabelRule::FoldChangeLog2;
  }
  bool operator==(const LabelSource&) const = default;
};

/// A cohort with its labels.
struct LabelledCohort {
  Cohort cohort;
  std::vector<std::string> notes;  ///< a sentence on each thing that had to be left out
};

/// Reads the cohort and its tables and makes the labels. Errors: what readCohort, the tables and the rule
/// refuse; genes to choose where there is no table. Loads no LibTorch; any thread.
Result<LabelledCohort> labelCohort(const std::filesystem::path& cohort, const LabelSource& source);

}  // namespace geneglass
