// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/train_regression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "inference/learning/evaluation/bag_store.h"
#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/packages/train_ensemble.h"
#include "inference/learning/packages/trained_package.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

int medianEpoch(const std::vector<int>& epochs) {
  return std::max(1, int(std::lround(median(std::vector<double>(epochs.begin(), epochs.end())))));
}

/// All that a training depends on besides its cases.
std::string namesOf(const HeadSettings& settings, const Folds& folds, uint64_t seed) {
  return fmt::format("geneglass 3 {} {} {} {} {} {} {} {} {} {} {} {} {} {} seed {} folds {}",
                     settings.embedding, settings.attention, settings.learningRate, settings.weightDecay,
                     settings.attentionPenalty, settings.attentionFollowsValue, settings.epochs,
                     settings.patience, settings.bagsPerStep, settings.featureDropout, settings.shrinkage,
                     int(settings.stopBy), toString(settings.kind), int(settings.pool), seed,
                     fmt::join(folds.ofCase, " "));
}

HeadKind kindOf(const TrainOptions& options) {
  const bool gated = options.recipe == "histcode2022";
  return options.head.value_or(gated ? HeadKind::GatedAttention : HeadKind::AttentionRegression);
}

}  // namespace

Result<void> checkRecipe(const TrainOptions& options) {
  const std::string& recipe = options.recipe;
  if (recipe != "geneglass" && recipe != "graziani2022" && recipe != "histcode2022")
    return fail(fmt::format(
        "There is no recipe '{}'; 'geneglass', 'graziani2022' and 'histcode2022' are there.", recipe));
  const HeadKind kind = kindOf(options);
  if ((recipe == "graziani2022") != (kind == HeadKind::AttentionRegression) && recipe != "geneglass")
    return fail(fmt::format("The recipe '{}' has no heads of {}.", recipe, toString(kind)));
  if (options.pool != BagPool::Attention && kind != HeadKind::GatedAttention)
    return fail("Attention regression pools by attention alone; a pool of extremes needs gated heads.");
  return {};
}

Result<TrainedPackage> trainOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                   const ModelPackage& encoder, const TrainOptions& options,
                                   const HeadSettings& settings, std::stop_token stop,
                                   const OnProgress& progress) {
  const Result<Folds> folds = foldsOf(cohort, options);
  if (!folds) return tl::unexpected(folds.error());
  Result<TrainingCurve> curve = TrainingCurve::begin(besidePackage(options.out, ".curve.csv"));
  if (!curve) return tl::unexpected(curve.error());
  useTrainingThreads(options.threads);
  TrainingCases cases;
  for (const Matrix& bag : bags) cases.bags.push_back(&bag);
  cases.labels = cohort.labels();
  const TrainingMemory memory(besidePackage(options.out, ".training"),
                              keyOf(cases, namesOf(settings, *folds, options.seed)));
  const auto validated = crossValidate(
      cases, settings, folds->ofCase, folds->count, options.seed, stop, progress,
      [&](int fold, const EpochReport& report) { curve->add(std::to_string(fold), "", report); }, &memory);
  if (!validated) return trainingCancelled(options.out);

  std::vector<size_t> all(bags.size());
  std::iota(all.begin(), all.end(), size_t{0});
  const TrainedHead untrained = untrainedHead(cases, all, settings, kUntrainedSeed);
  TrainingOutcome outcome;
  outcome.scores = scoreGenes(cohort.genes, cases.labels, validated->predicted,
                              applyHead(untrained, cases.bags), options.seed);
  HeadSettings last = settings;
  last.stopAfter = medianEpoch(validated->bestEpochs);
  const TimeLeft time;
  const auto head = trainHead(cases, all, {}, last, options.seed, stop,
                              [&](const EpochReport& report) {
                                curve->add("final", "", report);
                                progress({stageOf("final head", report), report.epoch, report.ofEpochs,
                                          time.after(report.epoch, report.ofEpochs)});
                              },
                              {&memory, "final"});
  if (!head) return trainingCancelled(options.out);
  if (const Result<void> kept = curve->finish(); !kept) return tl::unexpected(kept.error());
  outcome.head = head->weights;
  outcome.kind = settings.kind;
  outcome.scale = head->scale;
  outcome.heldOut = validated->predicted;
  outcome.words = fmt::format(
      "geneglass: one model of {}{} for all genes, judged on {} folds by models that never saw them, then "
      "trained on all cases",
      toString(settings.kind), settings.pool == BagPool::Extremes ? " from both ends" : "", folds->count);
  Result<TrainedPackage> written = writeTrainedPackage(cohort, *folds, encoder, options, std::move(outcome));
  if (written) memory.forget();
  return written;
}

/// The test split, where the recipe is judged by it and the cohort has one.
static Result<Cohort> testCases(const Cohort& cohort, const std::string& recipe) {
  constexpr size_t kFewest = 4;  // Steiger's test needs them
  const auto isTest = [](const CohortCase& one) { return one.split == Split::Test; };
  if (recipe == "geneglass" || std::none_of(cohort.cases.begin(), cohort.cases.end(), isTest))
    return Cohort{cohort.file, cohort.genes, {}};
  return chooseCases(cohort, Split::Test, kFewest);
}

Result<TrainedPackage> trainRegression(const Cohort& cohort, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress) {
  if (const Result<void> known = checkRecipe(options); !known) return tl::unexpected(known.error());
  if (const Result<void> free = checkFree(options.out); !free) return tl::unexpected(free.error());
  const Result<Cohort> training = chooseCases(cohort, Split::Train, size_t(options.folds));
  if (!training) return tl::unexpected(training.error());
  const Result<Cohort> test = testCases(cohort, options.recipe);
  if (!test) return tl::unexpected(test.error());
  if (const Result<Folds> folds = foldsOf(*training, options); !folds) return tl::unexpected(folds.error());
  const std::filesystem::path bagFolder =
      options.bags.empty() ? besidePackage(options.out, ".bags") : options.bags;
  const BagStore store(bagFolder, encoder, options.threads);
  const Result<std::vector<Matrix>> bags = store.bagsOf(*training, stop, progress);
  if (!bags) return tl::unexpected(bags.error());
  if (options.recipe == "geneglass")
    return trainOnBags(*training, *bags, encoder, options, {.kind = kindOf(options), .pool = options.pool},
                       stop, progress);
  const Result<std::vector<Matrix>> testBags = store.bagsOf(*test, stop, progress);
  if (!testBags) return tl::unexpected(testBags.error());
  const OneGeneSettings settings =
      options.recipe == "histcode2022" ? histCodeSettings(options.pool) : OneGeneSettings{};
  return trainEnsembleOnBags({*training, *bags}, {*test, *testBags}, encoder, options, settings, stop,
                             progress);
}

}  // namespace geneglass
