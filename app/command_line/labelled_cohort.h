// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "inference/learning/cohort/label_rule.h"

namespace geneglass {

/// Where the labels of a cohort come from, as a call says.
struct LabelCall {
  std::string expression;          ///< a table; empty: the cohort's own columns
  std::string labels = "checked";  /// of the cohort or `expression`
  std::string foldChange;          ///< "log10" or "log2"; empty: none
  std::string tumour;              ///< tables of `foldChange`
  std::string normal;
  std::string panel;               ///< a file of symbols; empty: none
  std::vector<std::string> genes;  ///< empty: all

  LabelRule rule() const;
};

void declareLabels(CLI::App& command, LabelCall& call);

/// The cohort with its values made labels; what had to be left out is said on standard error.
Result<Cohort> labelledCohort(const std::string& cohort, const LabelCall& call);

}  // namespace geneglass
