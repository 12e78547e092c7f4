// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/package_statement.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "inference/prediction/synthetic_statement.h"
#include "inference/synthetic/truth_file.h"

namespace geneglass {

bool isSynthetic(const Cohort& cohort) {
  return std::ranges::all_of(cohort.cases, [](const CohortCase& one) {
    return !one.slides.empty() && std::filesystem::exists(truthFileOf(one.slides.front()));
  });
}

std::string statementOf(const std::string& asked, const ModelPackage& base, const Cohort& cohort) {
  std::string remark;
  if (isSynthetic(cohort))
    remark = kTrainedOnSynthetic;
  else if (saysSynthetic(base.statement))
    remark = kWithSyntheticEncoder;
  if (remark.empty() || saysSynthetic(asked)) return asked;
  return asked.empty() ? "model " + remark : asked + ", " + remark;
}

}  // namespace geneglass
