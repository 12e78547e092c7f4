// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/command_line/command.h"
#include "app/command_line/declare_options.h"
#include "app/command_line/learning/diagnosis_calls.h"
#include "app/progress_line.h"
#include "app/streams.h"
#include "inference/learning/evaluation/score_report.h"
#include "inference/learning/packages/train_regression.h"

namespace geneglass {
namespace {

Outcome trainGenesCall(const PreparedTraining& prepared, std::stop_token stop) {
  const Result<TrainedPackage> trained = trainRegression(
      std::get<GeneTraining>(prepared.cases), prepared.encoder, prepared.options, stop, progressLine());
  if (!trained) return tl::unexpected(trained.error());
  endProgressLine();
  fmt::print("{}\n\n{}\n{} written, {}\n", trained->package.training,
             scoresAsTable(trained->scores, trained->package.panel), prepared.options.out.string(),
             trained->package.hash);
  return {};
}

Outcome train(const TrainingRequest& request, std::stop_token stop) {
  const Result<PreparedTraining> prepared = prepareTraining(request, stop);
  if (!prepared) return tl::unexpected(prepared.error());
  for (const std::string& note : prepared->notes) say(note + '\n');
  return request.task == Task::Diagnosis ? trainDiagnosisCall(*prepared, stop)
                                         : trainGenesCall(*prepared, stop);
}

}  // namespace

void addTrainCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<TrainingRequest>();
  CLI::App* command = program.add_subcommand(
      "train", "Trains the heads of a model on a cohort and says how well each gene is predicted");
  declareOptions(*command, optionsOf(*asked));
  command->callback([asked, &run] { run = [asked](std::stop_token stop) { return train(*asked, stop); }; });
}

}  // namespace geneglass
