// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/label_rule.h"

#include <fmt/format.h>

#include <cmath>

namespace geneglass {
namespace {

/// log2 of any count stays below this by far; a linear scale does not.
constexpr float kRawCountsBegin = 50;

/// What one gene's values look like.
struct Look {
  bool negative = false;
  bool whole = true;
  float largest = 0;
  size_t row = 0;  ///< of the largest
};

Look lookOf(const Cohort& cohort, size_t gene) {
  Look look;
  for (const CohortCase& one : cohort.cases) {
    const float value = one.labels[gene];
    if (std::isnan(value)) continue;
    look.negative |= value < 0;
    look.whole &= value == std::floor(value);
    if (value > look.largest) look.largest = value, look.row = one.row;
  }
  return look;
}

tl::unexpected<Error> refuse(const Cohort& cohort, size_t row, const std::string& reason) {
  return fail(fmt::format("Cannot use the cohort '{}': row {}: {}.", cohort.file.string(), row, reason));
}

Result<Cohort> checked(Cohort cohort) {
  for (size_t gene = 0; gene < cohort.genes.size(); ++gene) {
    const Look look = lookOf(cohort, gene);
    if (look.negative || look.largest <= kRawCountsBegin) continue;
    return refuse(cohort, look.row,
                  fmt::format("the value {} of {} looks like {}; give log2(TPM + 1), or say --labels log2 to "
                              "have log2(x + 1) taken, or --labels as-is to keep the values",
                              look.largest, cohort.genes[gene],
                              look.whole ? "a raw count, as all values of this gene do"
                                         : "expression that is not on a logarithmic scale"));
  }
  return cohort;
}

Result<Cohort> logarithms(Cohort cohort) {
  for (CohortCase& one : cohort.cases)
    for (size_t gene = 0; gene < one.labels.size(); ++gene) {
      float& value = one.labels[gene];
      if (value < 0)
        return refuse(cohort, one.row,
                      fmt::format("the value {} of {} is below 0, so it has no log2(x + 1); values that are "
                                  "logarithms already need no --labels log2",
                                  value, cohort.genes[gene]));
      value = std::log2(value + 1);
    }
  return cohort;
}

}  // namespace

Result<Cohort> makeLabels(Cohort cohort, LabelRule rule) {
  if (rule == LabelRule::Log2) return logarithms(std::move(cohort));
  if (rule == LabelRule::Checked) return checked(std::move(cohort));
  return cohort;
}

std::string describe(LabelRule rule) {
  if (rule == LabelRule::Log2) return "log2(x + 1) of the measured values";
  if (rule == LabelRule::FoldChangeLog10)
    return "log10(1 + t / n) of the tumour's and the matched normal tissue's measured values";
  if (rule == LabelRule::FoldChangeLog2)
    return "log2((t + 1) / (n + 1)) of the tumour's and the matched normal tissue's measured values";
  return "the values as given";
}

std::string unitOf(LabelRule rule) {
  if (rule == LabelRule::Log2) return "log2(x + 1)";
  if (rule == LabelRule::FoldChangeLog10) return "log10(1 + fold change)";
  if (rule == LabelRule::FoldChangeLog2) return "log2 fold change";
  return "";
}

}  // namespace geneglass
