// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/training_request.h"

#include "inference/learning/cohort/label_options.h"

namespace geneglass {
namespace {

/// What is written, and what divides the cases.
std::vector<RequestOption> resultOptions(TrainOptions& options) {
  return {
      requestOption("--recipe", options.recipe, "How heads are trained").required().oneOf(recipeNames()),
      requestOption("--out", options.out, "The model package's folder; must not exist").required(),
      requestOption("--folds", options.folds, "Folds of cases").within(3, 50).withDefault(),
      requestOption("--fold-file", options.foldFile,
                    "CSV case,fold, or a folder of CSVs with train and val; instead of --folds"),
  };
}

std::vector<RequestOption> headOptions(TrainOptions& options) {
  return {
      requestChoice<HeadChoice>("--head", options.head,
                                {{"attention-regression", HeadChoice::AttentionRegression},
                                 {"gated", HeadChoice::GatedAttention},
                                 {"linear", HeadChoice::Linear},
                                 {"auto", HeadChoice::Better}},
                                "Of recipe geneglass; linear: ridge regression; auto: linear or "
                                "attention-regression, whichever predicts inner folds better; default: auto "
                                "for cohorts of spots, else attention-regression (histcode2022 is gated)"),
      requestChoice<BagPool>(
          "--pool", options.pool, {{"attention", BagPool::Attention}, {"extremes", BagPool::Extremes}},
          "Of gated heads; extremes: the means of the 100 tiles of lowest and of highest attention, of all "
          "tiles where there are at most 200")
          .withDefault(),
      requestOption("--dropout", options.dropout,
                    "Part of the features that each step of a training leaves out, of recipe geneglass; "
                    "default: 0.6 for cohorts of spots, else 0")
          .within(0, 0.95),
      requestOption("--members", options.members,
                    "Heads trained one after the other, whose mean is predicted, of recipe geneglass")
          .within(1, 20)
          .withDefault(),
      requestOption("--sizes", options.sizes,
                    "Sides of the tiles about a place whose features lie side by side, over the encoder's "
                    "tile: 1 first, for example 1,0.5,2; default: those of the cohort's bags, else of the "
                    "encoder's package")
          .excluding({"--add-to"}),
  };
}

std::vector<RequestOption> packageOptions(TrainingRequest& request) {
  return {
      requestOption("--add-to", request.addTo,
                    "With --task diagnosis: a package whose genes and encoder OUT has too")
          .excluding({"--encoder"}),
      requestOption("--encoder", request.encoder,
                    "A package whose encoder to use; default: the shipped model's"),
      requestOption("--bags", request.options.bags,
                    "Where features are kept; default: where predictions keep them"),
  };
}

std::vector<RequestOption> runOptions(TrainOptions& options) {
  return {
      requestOption("--seed", options.seed, "Of folds and weights").withDefault(),
      requestOption("--threads", options.threads, "0: one a processor").within(0, 1024),
      requestOption("--name", options.name, "Of the model; default: the folder's"),
      requestOption("--statement", options.statement, "What the model is, shown with every prediction"),
  };
}

}  // namespace

std::vector<RequestOption> taskOptions(Task& task, std::string& label) {
  return {
      requestChoice<Task>(
          "--task", task, {{"expression", Task::Expression}, {"diagnosis", Task::Diagnosis}},
          "expression (default): a column a gene; diagnosis: a slide is a bag, --label says what it is"),
      requestOption(
          "--label", label,
          "With --task diagnosis: the column of 0 and 1, or of the names of classes; default: tumour")
          .alwaysSaid(task == Task::Diagnosis)
          .withDefault(),
  };
}

std::vector<RequestOption> optionsOf(TrainingRequest& request) {
  std::vector<RequestOption> all{
      requestOption("COHORT.csv", request.cohort, "slide,case,split and a column a gene").required()};
  for (std::vector<RequestOption>& some : std::vector{
           resultOptions(request.options), optionsOf(request.labels), headOptions(request.options),
           taskOptions(request.task, request.label), packageOptions(request), runOptions(request.options)})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::vector<std::string> wordsOf(TrainingRequest request) {
  TrainingRequest plain;
  return wordsBeside(optionsOf(plain), optionsOf(request));
}

}  // namespace geneglass
