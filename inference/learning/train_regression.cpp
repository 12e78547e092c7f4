// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/train_regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "inference/learning/bag_store.h"
#include "inference/learning/cross_validation.h"
#include "inference/learning/package_writer.h"
#include "inference/learning/score_report.h"
#include "inference/learning/time_left.h"

namespace geneglass {
namespace {

constexpr uint64_t kUntrainedSeed = 0x0e11;

tl::unexpected<Error> cancelled(const std::filesystem::path& out) {
  return fail(fmt::format("The training of '{}' was cancelled.", out.string()));
}

double orZero(double value) {
  return std::isnan(value) ? 0 : value;
}

std::vector<GeneFacts> factsOf(const std::vector<GeneScore>& scores, const LabelScale& scale,
                               const Matrix& predicted) {
  std::vector<GeneFacts> genes;
  for (size_t i = 0; i < scores.size(); ++i) {
    GeneFacts gene;
    gene.symbol = scores[i].symbol;
    gene.subtype = subtypeOf(gene.symbol);
    gene.trainingMean = scale.mean[i];
    gene.trainingDeviation = scale.deviation[i];
    gene.heldOutR = orZero(scores[i].r);
    gene.ciLow = orZero(scores[i].ci.low);
    gene.ciHigh = orZero(scores[i].ci.high);
    gene.wellPredicted = scores[i].wellPredicted;
    gene.predictionQuantiles = percentilesOf(predicted, i);
    genes.push_back(std::move(gene));
  }
  return genes;
}

ModelPackage describe(const ModelPackage& encoder, const TrainOptions& options,
                      std::vector<GeneFacts> genes) {
  ModelPackage package = encoder;
  package.name = options.name.empty() ? options.out.filename().string() : options.name;
  package.version = std::string("1");
  package.statement = options.statement;
  package.licence = encoder.licence;
  package.labelUnit = options.labelUnit;
  package.recipe = options.recipe;
  package.genes = std::move(genes);
  return package;
}

Result<ModelPackage> writePackage(const ModelPackage& encoder, const TrainOptions& options,
                                  const TrainedHead& head, const std::vector<GeneScore>& scores,
                                  const Matrix& predicted) {
  Result<PackageWriter> writer = PackageWriter::begin(options.out);
  if (!writer) return tl::unexpected(writer.error());
  return writer->addCopy(encoder.folder / encoder.encoder.weights)
      .and_then([&] { return writer->addTensors("head.h5", head.weights); })
      .and_then([&] { return writer->addText("out-of-fold.json", scoresAsJson(scores)); })
      .and_then(
          [&] { return writer->finish(describe(encoder, options, factsOf(scores, head.scale, predicted))); });
}

int medianEpoch(const std::vector<int>& epochs) {
  return std::max(1, int(std::lround(median(std::vector<double>(epochs.begin(), epochs.end())))));
}

}  // namespace

Result<HeadSettings> settingsOf(const std::string& recipe) {
  if (recipe == "geneglass") return HeadSettings{};
  if (recipe == "graziani2022")
    return fail(
        "The recipe 'graziani2022' trains one model a gene and split on augmented bags, which this version "
        "does not do; the recipe 'geneglass' trains the same network for all genes at once.");
  if (recipe == "histcode2022")
    return fail("The recipe 'histcode2022' is not part of this version; the recipe 'geneglass' is.");
  return fail(fmt::format("There is no recipe '{}'; 'geneglass' is one.", recipe));
}

Result<TrainedPackage> trainOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                   const ModelPackage& encoder, const TrainOptions& options,
                                   const HeadSettings& settings, std::stop_token stop,
                                   const OnProgress& progress) {
  useTrainingThreads(options.threads);
  TrainingCases cases;
  for (const Matrix& bag : bags) cases.bags.push_back(&bag);
  cases.labels = cohort.labels();
  const auto folds = crossValidate(cases, settings, options.folds, options.seed, stop, progress);
  if (!folds) return cancelled(options.out);

  std::vector<size_t> all(bags.size());
  std::iota(all.begin(), all.end(), size_t{0});
  const TrainedHead untrained = untrainedHead(cases, all, settings, kUntrainedSeed);
  const std::vector<GeneScore> scores = scoreGenes(cohort.genes, cases.labels, folds->predicted,
                                                   applyHead(untrained, cases.bags), options.seed);

  HeadSettings last = settings;
  last.stopAfter = medianEpoch(folds->bestEpochs);
  const TimeLeft time;
  const auto head = trainHead(cases, all, {}, last, options.seed, stop, [&](int epoch, int epochs) {
    progress({"final head, epoch", epoch, epochs, time.after(epoch, epochs)});
  });
  if (!head) return cancelled(options.out);
  const Result<ModelPackage> package = writePackage(encoder, options, *head, scores, folds->predicted);
  if (!package) return tl::unexpected(package.error());
  return TrainedPackage{*package, scores};
}

Result<TrainedPackage> trainRegression(const Cohort& cohort, const ModelPackage& encoder,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress) {
  const Result<HeadSettings> settings = settingsOf(options.recipe);
  if (!settings) return tl::unexpected(settings.error());
  if (const Result<void> free = checkFree(options.out); !free) return tl::unexpected(free.error());
  const Result<Cohort> training = chooseCases(cohort, Split::Train, size_t(options.folds));
  if (!training) return tl::unexpected(training.error());
  std::filesystem::path bagFolder = options.bags;
  if (bagFolder.empty()) bagFolder = fmt::format("{}.bags", options.out.string());
  const Result<std::vector<Matrix>> bags =
      BagStore(bagFolder, encoder, options.threads).bagsOf(*training, stop, progress);
  if (!bags) return tl::unexpected(bags.error());
  return trainOnBags(*training, *bags, encoder, options, *settings, stop, progress);
}

}  // namespace geneglass
