// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/diagnosis_package.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "inference/head/call_head.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/packages/recipes.h"
#include "inference/learning/packages/trained_package.h"
#include "inference/package/package_writer.h"
#include "inference/synthetic/truth_file.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr double kThreshold = 0.5;  ///< of the calibrated probability

/// All that a training depends on besides its bags.
std::string namesOf(const DiagnosisSettings& settings, const std::vector<int>& foldOfSlide, uint64_t seed) {
  return fmt::format("diagnosis 1 {} {} {} {} {} {} {} {} seed {} folds {}", settings.embedding,
                     settings.attention, settings.learningRate, settings.weightDecay, settings.instanceShare,
                     settings.instances, settings.epochs, settings.patience, seed,
                     fmt::join(foldOfSlide, " "));
}

/// What TrainingMemory's key is made of.
TrainingCases asCases(const DiagnosisBags& slides) {
  TrainingCases cases{slides.bags, Matrix(slides.bags.size(), 1)};
  for (size_t i = 0; i < slides.bags.size(); ++i) cases.labels.at(i, 0) = slides.positive[i] ? 1 : 0;
  return cases;
}

/// One training of a package, from bags to scores.
class PackageTraining final {
 public:
  PackageTraining(const DiagnosisCohort& cohort, const std::vector<Matrix>& bags, const TrainOptions& options,
                  const DiagnosisSettings& settings, Folds folds, TrainingCurve curve)
      : m_cohort(cohort),
        m_options(options),
        m_settings(settings),
        m_folds(std::move(folds)),
        m_curve(std::move(curve)) {
    for (const Matrix& bag : bags) m_slides.bags.push_back(&bag);
    m_slides.positive = cohort.positives();
    for (const DiagnosedSlide& slide : cohort.slides) m_foldOfSlide.push_back(m_folds.ofCase[slide.patient]);
  }

  /// False where `stop` was asked.
  Result<bool> run(const std::stop_token& stop, const OnProgress& progress) {
    const TrainingMemory memory(besidePackage(m_options.out, ".training"),
                                keyOf(asCases(m_slides), namesOf(m_settings, m_foldOfSlide, m_options.seed)));
    for (int fold = 0; fold < m_folds.count; ++fold) {
      const Result<bool> judged = judgeFold(fold, memory, stop, progress);
      if (!judged || !*judged) return judged;
    }
    if (!trainLast(memory, stop, progress)) return false;
    if (const Result<void> kept = m_curve.finish(); !kept) return tl::unexpected(kept.error());
    return true;
  }

  DiagnosedSlides heldOut() const {
    return {m_scores, calibratedOutOfFold(m_scores, m_slides.positive, m_foldOfSlide, m_folds.count),
            m_slides.positive, m_cohort.patientOfSlide()};
  }
  ProbabilityScale calibration() const { return plattCalibration(m_scores, m_slides.positive); }
  const TensorFile& weights() const { return m_last.weights; }
  const Folds& folds() const { return m_folds; }
  const std::vector<int>& foldOfSlide() const { return m_foldOfSlide; }
  void forget() const { TrainingMemory(besidePackage(m_options.out, ".training"), {}).forget(); }

 private:
  OnEpoch teller(const std::string& fold, const std::string& stage, int trainings,
                 const OnProgress& progress) {
    return [this, fold, stage, trainings, &progress](const EpochReport& report) {
      m_curve.add(fold, "", report);
      const double done = trainings + double(report.epoch) / report.ofEpochs;
      progress(
          {stageOf(stage, report), report.epoch, report.ofEpochs, m_time.after(done, m_folds.count + 1)});
    };
  }

  Result<bool> judgeFold(int fold, const TrainingMemory& memory, const std::stop_token& stop,
                         const OnProgress& progress) {
    const SplitCases part = judgedSplit(m_foldOfSlide, fold, m_folds.count);
    const auto head = trainDiagnosis(
        m_slides, part.training, part.validation, m_settings, m_options.seed + uint64_t(fold), stop,
        teller(std::to_string(fold), fmt::format("fold {} of {}", fold + 1, m_folds.count), fold, progress),
        {&memory, fmt::format("fold{}", fold)});
    if (!head) return false;
    m_bestEpochs.push_back(head->bestEpoch);
    const Result<CallHead> network = CallHead::make(head->weights, {});
    if (!network) return tl::unexpected(network.error());
    m_scores.resize(m_slides.bags.size());
    for (const size_t slide : part.judged) {
      const Result<SlideCall> said = network->call(*m_slides.bags[slide]);
      if (!said) return tl::unexpected(said.error());
      m_scores[slide] = said->scores.back();
    }
    return true;
  }

  bool trainLast(const TrainingMemory& memory, const std::stop_token& stop, const OnProgress& progress) {
    std::vector<size_t> all(m_slides.bags.size());
    std::iota(all.begin(), all.end(), size_t{0});
    DiagnosisSettings settings = m_settings;
    const double middle = median(std::vector<double>(m_bestEpochs.begin(), m_bestEpochs.end()));
    settings.stopAfter = std::max(1, int(std::lround(middle)));
    auto head = trainDiagnosis(m_slides, all, {}, settings, m_options.seed, stop,
                               teller("final", "final head", m_folds.count, progress), {&memory, "final"});
    if (!head) return false;
    m_last = std::move(*head);
    return true;
  }

  const DiagnosisCohort& m_cohort;
  const TrainOptions& m_options;
  const DiagnosisSettings m_settings;
  const Folds m_folds;
  TrainingCurve m_curve;
  DiagnosisBags m_slides;
  std::vector<int> m_foldOfSlide;
  std::vector<double> m_scores;
  std::vector<int> m_bestEpochs;
  TrainedDiagnosis m_last;
  const TimeLeft m_time;
};

std::string heldOutCsv(const DiagnosisCohort& cohort, const std::vector<int>& foldOfSlide,
                       const DiagnosedSlides& slides) {
  std::string text = fmt::format("slide,fold,{},score,probability\n", cohort.label);
  for (size_t i = 0; i < cohort.slides.size(); ++i)
    text +=
        fmt::format("\"{}\",{},{},{:.6g},{:.6g}\n", cohort.slides[i].file.filename().string(), foldOfSlide[i],
                    slides.positive[i] ? 1 : 0, slides.scores[i], slides.probabilities[i]);
  return text;
}

/// Whether all slides have planted truth beside them: what is found on them says nothing of real tissue.
bool isSynthetic(const DiagnosisCohort& cohort) {
  return std::all_of(cohort.slides.begin(), cohort.slides.end(), [](const DiagnosedSlide& slide) {
    return std::filesystem::exists(truthFileOf(slide.file));
  });
}

CallFacts factsOf(const DiagnosisCohort& cohort, const DiagnosisScores& scores,
                  const ProbabilityScale& calibration, const std::string& recipe, int folds) {
  CallFacts facts;
  facts.target = cohort.label;
  facts.classes = {
      {"normal", scores.auc, scores.ci.low, scores.ci.high, {calibration.slope, -calibration.offset}},
      {cohort.label, scores.auc, scores.ci.low, scores.ci.high, calibration}};
  facts.accuracy = scores.accuracy;
  facts.calibrationError = scores.calibrationError;
  facts.threshold = kThreshold;
  facts.slides = scores.slides;
  facts.patients = scores.patients;
  facts.synthetic = isSynthetic(cohort);
  facts.statement = fmt::format(
      "{}: gated attention over {}{} slides of {} patients ({} {}), judged on {} folds by patient by heads "
      "that never saw them, then trained on all; P calibrated on the held-out scores",
      recipe, scores.slides, facts.synthetic ? " synthetic" : "", scores.patients, scores.positives,
      cohort.label, folds);
  return facts;
}

ModelPackage describe(const ModelPackage& base, bool keepGenes, const TrainOptions& options,
                      const CallFacts& facts) {
  ModelPackage package = base;
  package.name = options.name.empty() ? options.out.filename().string() : options.name;
  if (!keepGenes || !options.statement.empty()) package.statement = options.statement;
  package.calls = {facts};  // of other calls no head is copied
  if (keepGenes) return package;
  package.version = std::string("1");
  package.labelUnit = fmt::format("P({})", facts.positive().name);
  package.recipe = options.recipe;
  package.normalisation.clear();
  package.training = facts.statement;
  package.genes.clear();
  package.int8.reset();  // agreement was of genes
  return package;
}

}  // namespace

Result<DiagnosisSettings> diagnosisSettings(const std::string& recipe) {
  DiagnosisSettings settings;
  const Result<Recipe> row = recipeNamed(recipe, Task::Diagnosis);
  if (!row) return tl::unexpected(row.error());
  if (row->oneModelAGene) return settings;  // the paper's own
  settings.embedding = 128;
  settings.attention = 64;
  settings.learningRate = 1e-3;
  return settings;
}

Result<DiagnosisPackage> trainDiagnosisOnBags(const DiagnosisCohort& cohort, const std::vector<Matrix>& bags,
                                              const ModelPackage& base, bool keepGenes,
                                              const TrainOptions& options, const DiagnosisSettings& settings,
                                              std::stop_token stop, const OnProgress& progress) {
  Result<Folds> folds = chooseFoldsOfPatients(cohort, options.foldChoice());
  if (!folds) return tl::unexpected(folds.error());
  Result<TrainingCurve> curve = TrainingCurve::begin(besidePackage(options.out, ".curve.csv"));
  if (!curve) return tl::unexpected(curve.error());
  useTrainingThreads(options.threads);
  PackageTraining training(cohort, bags, options, settings, std::move(*folds), std::move(*curve));
  const Result<bool> done = training.run(stop, progress);
  if (!done) return tl::unexpected(done.error());
  if (!*done) return trainingCancelled(options.out);
  const DiagnosedSlides heldOut = training.heldOut();
  DiagnosisScores scores = scoreDiagnosis(heldOut, kThreshold, options.seed);
  const CallFacts facts =
      factsOf(cohort, scores, training.calibration(), options.recipe, training.folds().count);
  Result<PackageWriter> writer = PackageWriter::begin(options.out);
  if (!writer) return tl::unexpected(writer.error());
  Result<void> written = writer->addCopy(base.folder / base.encoder.weights);
  for (const char* file : {"head.h5", "out-of-fold.json", "folds.csv"})
    if (written && keepGenes && std::filesystem::exists(base.folder / file))
      written = writer->addCopy(base.folder / file);
  const Result<ModelPackage> package =
      written.and_then([&] { return writer->addTensors("diagnosis.h5", training.weights()); })
          .and_then([&] { return writer->addText("diagnosis.json", diagnosisAsJson(scores)); })
          .and_then([&] {
            return writer->addText("diagnosis.csv", heldOutCsv(cohort, training.foldOfSlide(), heldOut));
          })
          .and_then([&] { return writer->finish(describe(base, keepGenes, options, facts)); });
  if (!package) return tl::unexpected(package.error());
  training.forget();
  return DiagnosisPackage{*package, std::move(scores)};
}

Result<DiagnosisPackage> trainDiagnosisPackage(const DiagnosisTraining& prepared, const ModelPackage& base,
                                               bool keepGenes, const TrainOptions& options,
                                               std::stop_token stop, const OnProgress& progress) {
  const Result<DiagnosisSettings> settings = diagnosisSettings(options.recipe);
  if (!settings) return tl::unexpected(settings.error());
  const Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(base));
  const Result<std::vector<Matrix>> bags = bagsOf(prepared.training, encoder, *features, stop, progress);
  if (!bags) return tl::unexpected(bags.error());
  return trainDiagnosisOnBags(prepared.training, *bags, base, keepGenes, options, *settings, stop, progress);
}

Result<DiagnosisPackage> trainDiagnosisPackage(const DiagnosisCohort& cohort, const ModelPackage& base,
                                               bool keepGenes, const TrainOptions& options,
                                               std::stop_token stop, const OnProgress& progress) {
  const Result<DiagnosisTraining> prepared = prepareDiagnosis(cohort, base, keepGenes, options);
  if (!prepared) return tl::unexpected(prepared.error());
  return trainDiagnosisPackage(*prepared, base, keepGenes, options, stop, progress);
}

}  // namespace geneglass
