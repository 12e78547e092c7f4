// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/train_ensemble.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "inference/learning/heads/split_ensemble.h"
#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/packages/trained_package.h"

namespace geneglass {
namespace {

TrainingCases casesOf(const LabelledBags& labelled) {
  TrainingCases cases;
  for (const Matrix& bag : labelled.bags) cases.bags.push_back(&bag);
  cases.labels = labelled.cohort.labels();
  return cases;
}

std::vector<SplitCases> splitsOf(const Folds& folds, bool judgedElsewhere) {
  std::vector<SplitCases> splits;
  for (int fold = 0; fold < folds.count; ++fold)
    splits.push_back(judgedElsewhere ? validatedSplit(folds.ofCase, fold)
                                     : judgedSplit(folds.ofCase, fold, folds.count));
  return splits;
}

/// One model a gene that never learnt, with the scale of the trained ones.
std::vector<HeadMember> untrainedMembers(const TrainingCases& cases, const OneGeneSettings& settings,
                                         const LabelScale& scale) {
  std::vector<HeadMember> members;
  for (size_t gene = 0; gene < cases.labels.columns; ++gene)
    members.push_back({0,
                       gene,
                       1,
                       untrainedOneGene(int(cases.bags.front()->columns), settings, kUntrainedSeed + gene),
                       {settings.zScores ? scale.mean[gene] : 0},
                       {settings.zScores ? scale.deviation[gene] : 1}});
  return members;
}

std::string wordsFor(const std::string& recipe, const OneGeneSettings& settings, const Folds& folds,
                     size_t testCases) {
  const std::string judged =
      testCases > 0 ? fmt::format("their mean judged on the {} cases of the test split", testCases)
                    : "each judged on a fold that neither trained it nor chose its epoch";
  const std::string model = settings.kind != HeadKind::GatedAttention ? "model"
                            : settings.pool == BagPool::Extremes ? "model of gated attention from both ends"
                                                                 : "model of gated attention";
  return fmt::format(
      "{}: one {} a gene and split, {} splits, {}; tiles were neither flipped nor turned in training, since "
      "features were taken once",
      recipe, model, folds.count, judged);
}

/// All that the models depend on besides their cases.
std::string namesOf(const OneGeneSettings& settings, const Folds& folds, bool judgedElsewhere,
                    uint64_t seed) {
  return fmt::format("one gene 2 {} {} {} {} {} {} {} {} {} {} {} {} seed {} folds {}", settings.embedding,
                     settings.attention, settings.learningRate, settings.momentum, settings.weightDecay,
                     settings.epochs, settings.patience, toString(settings.kind), int(settings.pool),
                     settings.adam, settings.zScores, judgedElsewhere, seed, fmt::join(folds.ofCase, " "));
}

}  // namespace

Result<TrainedPackage> trainEnsembleOnBags(const LabelledBags& training, const LabelledBags& test,
                                           const ModelPackage& encoder, const TrainOptions& options,
                                           const OneGeneSettings& settings, std::stop_token stop,
                                           const OnProgress& progress) {
  const Result<Folds> folds = foldsOf(training.cohort, options);
  if (!folds) return tl::unexpected(folds.error());
  Result<PackageWriter> writer = PackageWriter::begin(options.out);
  if (!writer) return tl::unexpected(writer.error());
  Result<TrainingCurve> curve = TrainingCurve::begin(besidePackage(options.out, ".curve.csv"));
  if (!curve) return tl::unexpected(curve.error());
  useTrainingThreads(options.threads);
  const TrainingCases cases = casesOf(training), judged = casesOf(test);
  const bool onTest = !test.bags.empty();
  const std::vector<SplitCases> splits = splitsOf(*folds, onTest);
  const TrainingMemory memory(besidePackage(options.out, ".training"),
                              keyOf(cases, namesOf(settings, *folds, onTest, options.seed)));
  const auto members = trainEnsemble(
      cases, splits, settings, options.seed, options.threads, stop, progress,
      [&](size_t split, size_t gene, const EpochReport& report) {
        curve->add(std::to_string(split), training.cohort.genes[gene], report);
      },
      &memory);
  if (!members) return trainingCancelled(options.out);
  if (const Result<void> kept = curve->finish(); !kept) return tl::unexpected(kept.error());

  TrainingOutcome outcome;
  outcome.head = stackMembers(*members);
  outcome.kind = settings.kind;
  outcome.zScores = settings.zScores;
  outcome.scale = fitLabelScale(cases.labels, cases.all());
  outcome.heldOut = onTest ? applyMembers(*members, judged.bags) : applyToJudged(*members, splits, cases);
  const TrainingCases& truth = onTest ? judged : cases;
  const Matrix untrained = applyMembers(untrainedMembers(cases, settings, outcome.scale), truth.bags);
  outcome.scores = scoreGenes(training.cohort.genes, truth.labels, outcome.heldOut, untrained, options.seed);
  outcome.words = wordsFor(options.recipe, settings, *folds, test.bags.size());
  outcome.domain = trainingDomain(training.cohort, *folds, training.bags, options.seed, stop);
  if (stop.stop_requested()) return trainingCancelled(options.out);
  Result<TrainedPackage> written =
      writeTrainedPackage(*writer, training.cohort, *folds, encoder, options, std::move(outcome));
  if (written) memory.forget();
  return written;
}

}  // namespace geneglass
