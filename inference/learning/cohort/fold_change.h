// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/learning/cohort/expression_table.h"
#include "inference/learning/cohort/label_rule.h"

namespace geneglass {

/// A cohort whose labels are fold changes, and what had to be left out of it.
struct FoldChanges {
  Cohort cohort;                   ///< the cases with both samples; rows are those of the tumour table
  std::vector<std::string> notes;  ///< a sentence each: a case without one of its samples, a count of 0
};

/// Labels of `genes` (empty = all of the tumour table) from a tumour and a matched normal sample of the same
/// patient (methods.md section 2):
///   FoldChangeLog10   log10(1 + t / n); missing where n = 0
///   FoldChangeLog2    log2((t + 1) / (n + 1))
/// A row is a patient, or a TCGA sample: 01 is the tumour, 11 the normal tissue of the first 12 letters, and
/// both may stand in one table that is given twice. Errors name the table and the row: two samples of one
/// kind of a patient, a sample of the other kind, a value below 0, a gene a table does not have, no case with
/// both.
Result<FoldChanges> foldChanges(const Cohort& cohort, const ExpressionTable& tumour,
                                const ExpressionTable& normal, const std::vector<std::string>& genes,
                                LabelRule rule);

}  // namespace geneglass
