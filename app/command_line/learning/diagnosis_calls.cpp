// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/learning/diagnosis_calls.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/pages/evaluation_page.h"
#include "app/progress_line.h"
#include "inference/learning/evaluation/call_evaluation.h"
#include "inference/learning/packages/class_package.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {

Outcome trainDiagnosisCall(const PreparedTraining& prepared, std::stop_token stop) {
  const Result<ClassPackage> trained =
      trainClassPackage(std::get<ClassTraining>(prepared.cases), prepared.encoder, prepared.keepsGenes,
                        prepared.options, stop, progressLine());
  if (!trained) return tl::unexpected(trained.error());
  endProgressLine();
  fmt::print("{}\n\n{}\n{} written, {}\n", trained->call.statement, callAsText(trained->scores),
             prepared.options.out.string(), trained->package.hash);
  return {};
}

Outcome evaluateDiagnosisCall(const DiagnosisJudgement& asked, std::stop_token stop) {
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const Result<Cohort> cohort = readClassCohort(asked.cohort, asked.label);
  if (!cohort) return tl::unexpected(cohort.error());
  const Result<CallEvaluation> evaluation =
      evaluateCall(*package, *cohort, asked.options, stop, progressLine());
  if (!evaluation) return tl::unexpected(evaluation.error());
  endProgressLine();
  const std::string json = callAsJson(evaluation->scores);
  const std::string page = asked.page.empty() ? asked.cohort + ".evaluation.html" : asked.page;
  const std::filesystem::path beside = std::filesystem::path(page).replace_extension(".json");
  if (Outcome written = writeText(page, callPage(*package, *evaluation)); !written) return written;
  if (Outcome written = writeText(beside, json); !written) return written;
  fmt::print("{}", asked.json ? json : callAsText(evaluation->scores));
  if (!asked.json) fmt::print("\n{} and {} written\n", page, beside.string());
  return {};
}

}  // namespace geneglass
