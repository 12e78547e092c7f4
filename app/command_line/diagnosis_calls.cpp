// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/diagnosis_calls.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/progress_line.h"
#include "inference/learning/evaluation/diagnosis_evaluation.h"
#include "inference/learning/packages/diagnosis_package.h"
#include "viewer/foundation/text_file.h"

namespace geneglass {

Outcome trainDiagnosisCall(const PreparedTraining& prepared, std::stop_token stop) {
  const Result<DiagnosisPackage> trained =
      trainDiagnosisPackage(std::get<DiagnosisTraining>(prepared.cases), prepared.encoder,
                            prepared.keepsGenes, prepared.options, stop, progressLine());
  if (!trained) return tl::unexpected(trained.error());
  endProgressLine();
  fmt::print("{}\n\n{}\n{} written, {}\n", trained->package.calls.front().statement,
             diagnosisAsText(trained->scores), prepared.options.out.string(), trained->package.hash);
  return {};
}

Outcome evaluateDiagnosisCall(const DiagnosisJudgement& asked, std::stop_token stop) {
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const Result<DiagnosisCohort> cohort = readDiagnosisCohort(asked.cohort, asked.label);
  if (!cohort) return tl::unexpected(cohort.error());
  const Result<DiagnosisEvaluation> evaluation =
      evaluateDiagnosis(*package, *cohort, asked.options, stop, progressLine());
  if (!evaluation) return tl::unexpected(evaluation.error());
  endProgressLine();
  const std::string json = diagnosisAsJson(evaluation->scores);
  const std::string page = asked.page.empty() ? asked.cohort + ".evaluation.html" : asked.page;
  const std::filesystem::path beside = std::filesystem::path(page).replace_extension(".json");
  if (Outcome written = writeText(page, diagnosisPage(*package, *evaluation)); !written) return written;
  if (Outcome written = writeText(beside, json); !written) return written;
  fmt::print("{}", asked.json ? json : diagnosisAsText(evaluation->scores));
  if (!asked.json) fmt::print("\n{} and {} written\n", page, beside.string());
  return {};
}

}  // namespace geneglass
