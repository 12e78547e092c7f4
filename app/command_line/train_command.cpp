// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/command_line/diagnosis_calls.h"
#include "app/command_line/labelled_cohort.h"
#include "app/progress_line.h"
#include "inference/learning/evaluation/score_report.h"
#include "inference/learning/packages/recipes.h"
#include "inference/learning/packages/train_regression.h"

namespace geneglass {
namespace {

struct TrainCall {
  std::string cohort;
  std::string encoder;
  std::string out;
  std::string bags;
  std::string foldFile;
  std::string head;
  std::string pool = "attention";
  LabelCall labels;
  Task task = Task::Expression;
  std::string label = "tumour";
  std::string addTo;
  TrainOptions options;
};

Outcome train(const TrainCall& asked, std::stop_token stop) {
  TrainOptions options = asked.options;
  options.out = asked.out;
  options.bags = asked.bags;
  options.foldFile = asked.foldFile;
  if (asked.task == Task::Diagnosis)
    return trainDiagnosisCall({asked.cohort, asked.label, asked.encoder, asked.addTo, options}, stop);
  if (!asked.head.empty())
    options.head = asked.head == "gated" ? HeadKind::GatedAttention : HeadKind::AttentionRegression;
  options.pool = asked.pool == "extremes" ? BagPool::Extremes : BagPool::Attention;
  options.labels = asked.labels.rule();
  if (const std::string unit = unitOf(options.labels); !unit.empty()) options.labelUnit = unit;
  if (Result<void> known = checkRecipe(options); !known) return known;
  const Result<Cohort> cohort = labelledCohort(asked.cohort, asked.labels);
  if (!cohort) return tl::unexpected(cohort.error());
  const Result<ModelPackage> encoder =
      asked.encoder.empty() ? openShippedModel() : openModelPackage(asked.encoder);
  if (!encoder) return tl::unexpected(encoder.error());
  const Result<TrainedPackage> trained = trainRegression(*cohort, *encoder, options, stop, progressLine());
  if (!trained) return tl::unexpected(trained.error());
  endProgressLine();
  fmt::print("{}\n\n{}\n{} written, {}\n", trained->package.training, scoresAsTable(trained->scores),
             asked.out, trained->package.hash);
  return {};
}

}  // namespace

void addTrainCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<TrainCall>();
  CLI::App* command = program.add_subcommand(
      "train", "Trains the heads of a model on a cohort and says how well each gene is predicted");
  command->add_option("COHORT.csv", asked->cohort, "slide,case,split and a column a gene")->required();
  command->add_option("--recipe", asked->options.recipe, "How heads are trained")
      ->required()
      ->check(CLI::IsMember(recipeNames()));
  command
      ->add_option("--head", asked->head,
                   "Of recipe geneglass; default: attention-regression (histcode2022 is gated)")
      ->check(CLI::IsMember({"attention-regression", "gated"}));
  command
      ->add_option("--pool", asked->pool,
                   "Of gated heads; extremes: the means of the 100 tiles of lowest and of highest attention, "
                   "of all tiles where there are at most 200")
      ->check(CLI::IsMember({"attention", "extremes"}))
      ->capture_default_str();
  command->add_option("--out", asked->out, "The model package's folder; must not exist")->required();
  command->add_option("--folds", asked->options.folds, "Folds of cases")
      ->check(CLI::Range(3, 50))
      ->capture_default_str();
  command->add_option("--fold-file", asked->foldFile,
                      "CSV case,fold, or a folder of CSVs with train and val; instead of --folds");
  declareLabels(*command, asked->labels);
  command->add_option("--encoder", asked->encoder,
                      "A package whose encoder to use; default: the shipped model's");
  declareTask(*command, asked->task, asked->label);
  command
      ->add_option("--add-to", asked->addTo,
                   "With --task diagnosis: a package whose genes and encoder OUT has too")
      ->excludes("--encoder");
  command->add_option("--bags", asked->bags, "Where features are kept; default: where predictions keep them");
  command->add_option("--seed", asked->options.seed, "Of folds and weights")->capture_default_str();
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->add_option("--name", asked->options.name, "Of the model; default: the folder's");
  command->add_option("--statement", asked->options.statement,
                      "What the model is, shown with every prediction");
  command->callback([asked, &run] { run = [asked](std::stop_token stop) { return train(*asked, stop); }; });
}

}  // namespace geneglass
