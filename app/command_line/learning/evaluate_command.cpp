// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/command_line/declare_options.h"
#include "app/command_line/learning/diagnosis_calls.h"
#include "app/pages/draw_gallery.h"
#include "app/pages/evaluation_page.h"
#include "app/progress_line.h"
#include "app/streams.h"
#include "inference/learning/cohort/label_options.h"
#include "inference/learning/evaluation/score_report.h"
#include "inference/subtype/subtype_slide.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

struct EvaluateCall {
  std::string package;
  std::string cohort;
  std::string bags;
  std::string page;
  std::string gallery;
  std::string survival;
  std::string endpoint;
  std::vector<std::string> templates;
  Task task = Task::Expression;
  std::string label = "tumour";
  bool json = false;
  bool store = false;
  LabelSource labels;
  EvaluateOptions options;
};

/// Checked before the cohort is predicted.
Result<SurvivalTable> readSurvival(const EvaluateCall& asked, const Cohort& cohort) {
  Result<SurvivalTable> table = readSurvivalTable(asked.survival, asked.endpoint);
  if (!table) return table;
  std::vector<std::string> cases;
  for (const CohortCase& one : cohort.cases) cases.push_back(one.name);
  if (const Result<void> checked = checkSurvival(*table, cases); !checked)
    return tl::unexpected(checked.error());
  return table;
}

Outcome evaluate(const EvaluateCall& asked, std::stop_token stop) {
  EvaluateOptions options = asked.options;
  options.bags = asked.bags;
  options.choosesTiles = !asked.gallery.empty();
  if (asked.task == Task::Diagnosis && !asked.survival.empty())
    return fail("Survival is set against predicted genes: --survival does not go with --task diagnosis.");
  if (asked.task == Task::Diagnosis)
    return evaluateDiagnosisCall({asked.package, asked.cohort, asked.label, asked.page, asked.json, options},
                                 stop);
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const Result<LabelledCohort> cohort = labelCohort(asked.cohort, asked.labels);
  if (!cohort) return tl::unexpected(cohort.error());
  for (const std::string& note : cohort->notes) say(note + '\n');
  Result<SurvivalTable> survival = fail("not wanted");
  if (!asked.survival.empty()) {
    survival = readSurvival(asked, cohort->cohort);
    if (!survival) return tl::unexpected(survival.error());
  }
  const Result<std::vector<TemplateSet>> templates = templatesOf(*package, asked.templates);
  if (!templates) return tl::unexpected(templates.error());
  Result<Evaluation> evaluation = evaluateInFull(*package, cohort->cohort, options, stop, progressLine());
  if (!evaluation) return tl::unexpected(evaluation.error());
  if (survival) {
    Result<SurvivalScores> scored =
        scoreSurvival(*survival, evaluation->cases, evaluation->values, *package, *templates);
    if (!scored) return tl::unexpected(scored.error());
    evaluation->survival = std::move(*scored);
  }
  if (evaluation->gallery) {
    const auto drawn = drawGallery(*evaluation->gallery, asked.gallery, stop, progressLine());
    if (!drawn) return tl::unexpected(drawn.error());
  }
  endProgressLine();
  const std::string json = evaluationAsJson(*package, *evaluation) + "\n";
  const std::string page = asked.page.empty() ? asked.cohort + ".evaluation.html" : asked.page;
  const std::filesystem::path beside = std::filesystem::path(page).replace_extension(".json");
  if (Result<void> written = writeText(page, evaluationPage(*package, *evaluation)); !written) return written;
  if (Result<void> written = writeText(beside, json); !written) return written;
  if (asked.store) {
    const Result<ModelPackage> stored = writeManifest(withReliability(*package, *evaluation));
    if (!stored) return tl::unexpected(stored.error());
  }
  fmt::print("{}", asked.json ? json : scoresAsTable(evaluation->scores, package->panel));
  if (evaluation->survival && !asked.json) fmt::print("{}", survivalAsTable(*evaluation->survival));
  if (!asked.json) fmt::print("\n{} and {} written\n", page, beside.string());
  return {};
}

}  // namespace

void addEvaluateCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<EvaluateCall>();
  CLI::App* command = program.add_subcommand("evaluate", "Judges a model on a cohort it was not trained on");
  command->add_option("PACKAGE", asked->package, "The model package's folder")->required();
  command->add_option("COHORT.csv", asked->cohort, "slide,case,split and a column a gene")->required();
  declareOptions(*command, taskOptions(asked->task, asked->label));
  declareOptions(*command, optionsOf(asked->labels));
  command->add_option("--bags", asked->bags, "Where features are kept; default: where predictions keep them");
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->add_option("--page", asked->page,
                      "The page, FILE.html, with FILE.json beside it; default: COHORT.csv.evaluation.html");
  command->add_option("--gallery", asked->gallery,
                      "A folder for pictures of the tiles of highest attention, a gene each");
  CLI::Option* survival = command->add_option(
      "--survival", asked->survival,
      "A table of patient, time and event (0 or 1): survival by what is predicted, in page and JSON");
  command
      ->add_option("--endpoint", asked->endpoint, "Its columns are NAME.time and NAME instead: OS, PFI, ...")
      ->needs(survival);
  command
      ->add_option("--templates", asked->templates,
                   "Files of marker genes (class,symbol): survival by the nearest template of the predicted "
                   "genes, beside the templates the package carries")
      ->needs(survival);
  command->add_flag("--store", asked->store,
                    "Writes this reliability into the package's manifest, in place of what training found");
  command->add_flag("--json", asked->json, "One JSON object");
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return evaluate(*asked, stop); }; });
}

}  // namespace geneglass
