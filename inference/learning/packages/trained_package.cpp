// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/trained_package.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/learning/evaluation/measure_domain.h"
#include "inference/learning/evaluation/score_report.h"
#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/head_members.h"
#include "inference/learning/packages/package_statement.h"

namespace geneglass {
namespace {

constexpr const char* kZScores =
    ", then z-scores by mean and deviation of the training cases of each fold; predictions are turned back";

/// As kFoldHeads; empty where they would be too much.
TensorFile foldHeadsOf(const std::vector<TrainedHead>& folds) {
  size_t bytes = 0;
  for (const TrainedHead& head : folds)
    for (const auto& [name, tensor] : head.weights) bytes += tensor.values.size() * sizeof(float);
  if (folds.size() < 2 || bytes > kMostFoldBytes) return {};
  return stackMembers(weightsOf(folds));
}

double orZero(double value) {
  return std::isnan(value) ? 0 : value;
}

std::vector<GeneFacts> factsOf(const TrainingOutcome& outcome, const GenePanel& panel) {
  std::vector<GeneFacts> genes;
  for (size_t i = 0; i < outcome.scores.size(); ++i) {
    const GeneScore& score = outcome.scores[i];
    GeneFacts gene;
    gene.symbol = score.symbol;
    gene.group = panel.groupOf(gene.symbol);
    gene.trainingMean = outcome.scale.mean[i];
    gene.trainingDeviation = outcome.scale.deviation[i];
    gene.heldOutR = orZero(score.r);
    gene.ciLow = orZero(score.ci.low);
    gene.ciHigh = orZero(score.ci.high);
    gene.wellPredicted = score.wellPredicted;
    gene.predictionQuantiles = percentilesOf(outcome.heldOut, i);
    genes.push_back(std::move(gene));
  }
  return genes;
}

ModelPackage describe(const Cohort& cohort, const ModelPackage& encoder, const TrainOptions& options,
                      const TrainingOutcome& outcome) {
  ModelPackage package = encoder;
  package.name = options.name.empty() ? options.out.filename().string() : options.name;
  package.version = std::string("1");
  package.statement = statementOf(options.statement, encoder, cohort);
  package.labelUnit = options.labelUnit;
  package.recipe = options.recipe;
  package.normalisation = describe(options.labels) + (outcome.zScores ? kZScores : ", in their own unit");
  package.training = outcome.words;
  package.head = outcome.kind;
  package.genes = factsOf(outcome, package.panel);
  package.calls.clear();  // their heads are not copied
  package.domain = outcome.domain ? std::optional(outcome.domain->facts()) : std::nullopt;
  return package;
}

}  // namespace

std::optional<FeatureDomain> trainingDomain(const Cohort& cohort, const Folds& folds,
                                            std::span<const Matrix> bags, uint64_t seed,
                                            const std::stop_token& stop) {
  return measureDomain({bags, slideOfCase(cohort), folds, seed}, stop);
}

Result<TrainedPackage> writeTrainedPackage(PackageWriter& writer, const Cohort& cohort, const Folds& folds,
                                           const ModelPackage& encoder, const TrainOptions& options,
                                           TrainingOutcome outcome) {
  const TensorFile folded = foldHeadsOf(outcome.folds);
  ModelPackage described = describe(cohort, encoder, options, outcome);
  described.foldModels = folded.empty() ? 0 : int(outcome.folds.size());
  const Result<ModelPackage> package =
      writer.addCopy(encoder.folder / encoder.encoder.weights)
          .and_then([&] { return writer.addTensors("head.h5", outcome.head); })
          .and_then([&] { return folded.empty() ? Result<void>() : writer.addTensors(kFoldHeads, folded); })
          .and_then([&] { return writer.addDomain(outcome.domain); })
          .and_then([&] { return writer.addText("out-of-fold.json", scoresAsJson(outcome.scores)); })
          .and_then([&] { return writer.addText("folds.csv", foldsAsCsv(cohort, folds.ofCase)); })
          .and_then([&] { return writer.finish(std::move(described)); });
  if (!package) return tl::unexpected(package.error());
  return TrainedPackage{*package, std::move(outcome.scores)};
}

Result<Folds> foldsOf(const Cohort& cohort, const TrainOptions& options) {
  return chooseFolds(cohort, options.foldChoice());
}

std::filesystem::path besidePackage(const std::filesystem::path& out, const std::string& suffix) {
  const std::filesystem::path named = out.has_filename() ? out : out.parent_path();
  return named.parent_path() / (named.filename().string() + suffix);
}

tl::unexpected<Error> trainingCancelled(const std::filesystem::path& out) {
  return fail(fmt::format("The training of '{}' was cancelled.", out.string()));
}

}  // namespace geneglass
