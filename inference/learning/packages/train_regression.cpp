// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/train_regression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/packages/judged_heads.h"
#include "inference/learning/packages/train_ensemble.h"
#include "inference/learning/packages/trained_package.h"

namespace geneglass {
namespace {

/// All that a training depends on besides its cases.
std::string namesOf(const HeadSettings& settings, const Folds& folds, uint64_t seed) {
  return fmt::format("geneglass 4 {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} seed {} folds {}",
                     settings.embedding, settings.attention, settings.learningRate, settings.weightDecay,
                     settings.attentionPenalty, settings.attentionFollowsValue, settings.epochs,
                     settings.patience, settings.bagsPerStep, settings.featureDropout, settings.shrinkage,
                     int(settings.stopBy), toString(settings.kind), int(settings.pool), settings.members,
                     seed, fmt::join(folds.ofCase, " "));
}

/// Less the mean of each fold over the cases whose label is known, gene by gene.
Matrix withinFolds(Matrix values, const Matrix& labels, const Folds& folds) {
  for (size_t gene = 0; gene < values.columns; ++gene) {
    std::vector<double> sum(size_t(folds.count), 0), known(size_t(folds.count), 0);
    for (size_t i = 0; i < values.rows; ++i)
      if (!std::isnan(labels.at(i, gene)))
        sum[size_t(folds.ofCase[i])] += double(values.at(i, gene)), ++known[size_t(folds.ofCase[i])];
    for (size_t i = 0; i < values.rows; ++i) {
      const auto fold = size_t(folds.ofCase[i]);
      values.at(i, gene) = float(double(values.at(i, gene)) - sum[fold] / known[fold]);
    }
  }
  return values;
}

std::vector<GeneScore> scoresOf(const std::vector<std::string>& genes, const Matrix& labels,
                                const JudgedHeads& judged, const Folds& folds, const TrainOptions& options) {
  const auto seen = [&](const Matrix& values) {
    return options.ofSpots ? withinFolds(values, labels, folds) : values;
  };
  return scoreGenes(genes, seen(labels), seen(judged.heldOut), seen(judged.untrained), options.seed);
}

}  // namespace

Result<TrainedPackage> trainOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                   const ModelPackage& encoder, const TrainOptions& options,
                                   const HeadSettings& settings, std::stop_token stop,
                                   const OnProgress& progress) {
  const Result<Folds> folds = foldsOf(cohort, options);
  if (!folds) return tl::unexpected(folds.error());
  Result<PackageWriter> writer = PackageWriter::begin(options.out);
  if (!writer) return tl::unexpected(writer.error());
  Result<TrainingCurve> curve = TrainingCurve::begin(besidePackage(options.out, ".curve.csv"));
  if (!curve) return tl::unexpected(curve.error());
  useTrainingThreads(options.threads);
  TrainingCases cases;
  for (const Matrix& bag : bags) cases.bags.push_back(&bag);
  cases.labels = cohort.labels();
  const TrainingMemory memory(besidePackage(options.out, ".training"),
                              keyOf(cases, namesOf(settings, *folds, options.seed)));
  const HeadTask task{cases, *folds, settings, options.seed, *curve, memory};
  const auto judged = options.head == HeadChoice::Better  ? judgeBetter(task, stop, progress)
                      : settings.kind == HeadKind::Linear ? judgeLinear(task, stop, progress)
                                                          : judgeAttention(task, stop, progress);
  if (!judged) return trainingCancelled(options.out);
  if (const Result<void> kept = curve->finish(); !kept) return tl::unexpected(kept.error());
  TrainingOutcome outcome;
  outcome.scores = scoresOf(cohort.genes, cases.labels, *judged, *folds, options);
  outcome.head = judged->head.weights;
  outcome.kind = judged->kind;
  outcome.scale = judged->head.scale;
  outcome.heldOut = judged->heldOut;
  outcome.domain = trainingDomain(cohort, *folds, bags, options.seed, stop);
  if (stop.stop_requested()) return trainingCancelled(options.out);
  outcome.words = judged->words;
  outcome.folds = judged->folds;
  if (options.ofSpots)
    outcome.words +=
        "; held-out figures are within folds: each fold's mean was taken off what was measured and "
        "what was said";
  Result<TrainedPackage> written =
      writeTrainedPackage(*writer, cohort, *folds, encoder, options, std::move(outcome));
  if (written) memory.forget();
  return written;
}

Result<TrainedPackage> trainRegression(const GeneTraining& prepared, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress) {
  const Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  const LoadedEncoder loaded(std::make_shared<const ModelPackage>(encoder));
  const Result<std::vector<Matrix>> bags = bagsOf(prepared.training, loaded, *features, stop, progress);
  if (!bags) return tl::unexpected(bags.error());
  if (!prepared.recipe.oneModelAGene) {
    TrainOptions chosen = options;
    chosen.head = prepared.head;
    HeadSettings settings = options.ofSpots ? spotHeadSettings() : HeadSettings();
    settings.kind = kindOf(prepared.head);
    settings.pool = options.pool;
    settings.members = options.members;
    if (options.dropout) settings.featureDropout = *options.dropout;
    return trainOnBags(prepared.training, *bags, encoder, chosen, settings, stop, progress);
  }
  const Result<std::vector<Matrix>> testBags = bagsOf(prepared.judging, loaded, *features, stop, progress);
  if (!testBags) return tl::unexpected(testBags.error());
  const OneGeneSettings settings =
      prepared.head == HeadChoice::GatedAttention ? histCodeSettings(options.pool) : OneGeneSettings{};
  return trainEnsembleOnBags({prepared.training, *bags}, {prepared.judging, *testBags}, encoder, options,
                             settings, stop, progress);
}

Result<TrainedPackage> trainRegression(const Cohort& cohort, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress) {
  const Result<GeneTraining> prepared = prepareGenes(cohort, options);
  if (!prepared) return tl::unexpected(prepared.error());
  return trainRegression(*prepared, encoder, options, stop, progress);
}

}  // namespace geneglass
