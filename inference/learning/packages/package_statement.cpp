// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/package_statement.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "inference/synthetic/truth_file.h"

namespace geneglass {
namespace {

constexpr std::string_view kSynthetic = "synthetic";

bool saysSynthetic(const std::string& statement) {
  return statement.find(kSynthetic) != std::string::npos;
}

}  // namespace

bool isSynthetic(const Cohort& cohort) {
  return std::ranges::all_of(cohort.cases, [](const CohortCase& one) {
    return !one.slides.empty() && std::filesystem::exists(truthFileOf(one.slides.front()));
  });
}

std::string statementOf(const std::string& asked, const ModelPackage& base, const Cohort& cohort) {
  std::string remark;
  if (isSynthetic(cohort))
    remark = "trained on synthetic tissue";
  else if (saysSynthetic(base.statement))
    remark = "with an encoder trained on synthetic tissue";
  if (remark.empty() || saysSynthetic(asked)) return asked;
  return asked.empty() ? "model " + remark : asked + ", " + remark;
}

}  // namespace geneglass
