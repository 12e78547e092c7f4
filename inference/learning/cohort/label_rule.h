// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/cohort/cohort.h"

namespace geneglass {

/// What is done with measured values before each training fold makes z-scores of them.
enum class LabelRule {
  Checked,          ///< taken as they are; refused where they look like counts or unlogged values
  AsIs,             ///< taken as they are
  Log2,             ///< log2(x + 1)
  FoldChangeLog10,  ///< made by fold_change.h already, as is the next
  FoldChangeLog2
};

/// Labels made of the cohort's values. Errors name the row: values that look like raw counts (whole, none
/// below 0, far apart) or like unlogged expression under Checked, a value below 0 under Log2.
Result<Cohort> makeLabels(Cohort cohort, LabelRule rule);

/// What was made of the measured values, in words: "log2(x + 1) of the measured values".
std::string describe(LabelRule rule);

/// The unit of the labels: "log2(x + 1)"; empty where the rule does not tell.
std::string unitOf(LabelRule rule);

}  // namespace geneglass
