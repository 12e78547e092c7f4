// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/evaluate.h"
#include "inference/learning/score_report.h"

namespace geneglass {
namespace {

struct Asked {
  std::string package;
  std::string cohort;
  std::string bags;
  bool json = false;
  EvaluateOptions options;
};

Outcome evaluate(const Asked& asked, std::stop_token stop) {
  EvaluateOptions options = asked.options;
  options.bags = asked.bags;
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const Result<Cohort> cohort = readCohort(asked.cohort);
  if (!cohort) return tl::unexpected(cohort.error());
  const Result<std::vector<GeneScore>> scores =
      evaluatePackage(*package, *cohort, options, stop, progressLine());
  if (!scores) return tl::unexpected(scores.error());
  endProgressLine();
  fmt::print("{}", asked.json ? scoresAsJson(*scores) + "\n" : scoresAsTable(*scores));
  return {};
}

}  // namespace

void addEvaluateCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<Asked>();
  CLI::App* command = program.add_subcommand("evaluate", "Judges a model on a cohort it was not trained on");
  command->add_option("PACKAGE", asked->package, "The model package's folder")->required();
  command->add_option("COHORT.csv", asked->cohort, "slide,case,split and a column a gene")->required();
  command->add_option("--bags", asked->bags, "Where features are kept; default: COHORT.csv.bags");
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->add_flag("--json", asked->json, "One JSON object");
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return evaluate(*asked, stop); }; });
}

}  // namespace geneglass
