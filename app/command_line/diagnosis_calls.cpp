// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/diagnosis_calls.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "app/progress_line.h"
#include "inference/learning/evaluation/diagnosis_evaluation.h"
#include "inference/learning/packages/diagnosis_package.h"
#include "viewer/foundation/text_file.h"

namespace geneglass {
Outcome trainDiagnosisCall(const DiagnosisTraining& asked, std::stop_token stop) {
  if (const auto known = diagnosisSettings(asked.options.recipe); !known)
    return tl::unexpected(known.error());
  const Result<DiagnosisCohort> cohort = readDiagnosisCohort(asked.cohort, asked.label);
  if (!cohort) return tl::unexpected(cohort.error());
  const std::string& folder = asked.addTo.empty() ? asked.encoder : asked.addTo;
  const Result<ModelPackage> base = folder.empty() ? openShippedModel() : openModelPackage(folder);
  if (!base) return tl::unexpected(base.error());
  const Result<DiagnosisPackage> trained =
      trainDiagnosisPackage(*cohort, *base, !asked.addTo.empty(), asked.options, stop, progressLine());
  if (!trained) return tl::unexpected(trained.error());
  endProgressLine();
  fmt::print("{}\n\n{}\n{} written, {}\n", trained->package.diagnosis->statement,
             diagnosisAsText(trained->scores), asked.options.out.string(), trained->package.hash);
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

void declareTask(CLI::App& command, Task& task, std::string& label) {
  const std::map<std::string, Task> tasks{{"expression", Task::Expression}, {"diagnosis", Task::Diagnosis}};
  command
      .add_option(
          "--task", task,
          "expression (default): a column a gene; diagnosis: a slide is a bag, --label says what it is")
      ->transform(CLI::CheckedTransformer(tasks).description("expression|diagnosis"));
  command.add_option("--label", label, "With --task diagnosis: the column of 0 and 1; default: tumour")
      ->capture_default_str();
}

}  // namespace geneglass
