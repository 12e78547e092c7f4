// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/class_package.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "inference/head/call_head.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/heads/cross_validation.h"
#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/packages/package_statement.h"
#include "inference/learning/packages/recipes.h"
#include "inference/learning/packages/trained_package.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr double kThreshold = 0.5;  ///< of the calibrated probability

/// All that a training depends on besides its bags.
std::string namesOf(const ClassSettings& settings, const std::vector<int>& foldOfSlide, uint64_t seed) {
  return fmt::format("diagnosis 1 {} {} {} {} {} {} {} {} seed {} folds {}", settings.embedding,
                     settings.attention, settings.learningRate, settings.weightDecay, settings.instanceShare,
                     settings.instances, settings.epochs, settings.patience, seed,
                     fmt::join(foldOfSlide, " "));
}

/// One training of a package, from bags to scores.
class PackageTraining final {
 public:
  PackageTraining(const Cohort& cohort, const std::vector<Matrix>& bags, const TrainOptions& options,
                  const ClassSettings& settings, Folds folds, TrainingCurve curve)
      : m_options(options), m_settings(settings), m_folds(std::move(folds)), m_curve(std::move(curve)) {
    for (const Matrix& bag : bags) m_slides.bags.push_back(&bag);
    m_slides.labels = cohort.labels();
    m_said.scores.assign(cohort.classCount(), std::vector<double>(bags.size()));
    m_said.classOf = cohort.classOfCase();
    m_said.patient = cohort.patientOfCase();
    m_facts.target = cohort.genes.front();
    m_facts.classes.clear();
    for (const std::string& name : std::get<Classes>(cohort.target).names)
      m_facts.classes.push_back({.name = name});
  }

  /// False where `stop` was asked.
  Result<bool> run(const std::stop_token& stop, const OnProgress& progress) {
    const TrainingMemory memory(besidePackage(m_options.out, ".training"),
                                keyOf(m_slides, namesOf(m_settings, m_folds.ofCase, m_options.seed)));
    for (int fold = 0; fold < m_folds.count; ++fold) {
      const Result<bool> judged = judgeFold(fold, memory, stop, progress);
      if (!judged || !*judged) return judged;
    }
    if (!trainLast(memory, stop, progress)) return false;
    if (const Result<void> kept = m_curve.finish(); !kept) return tl::unexpected(kept.error());
    calibrateOutOfFold(m_said, m_folds.ofCase, m_folds.count);
    return true;
  }

  const CalledSlides& heldOut() const { return m_said; }
  /// Names and calibrations; of two classes that of the first mirrors the second's.
  CallFacts calibrated() const {
    CallFacts facts = m_facts;
    for (size_t each = 0; each < facts.classes.size(); ++each)
      facts.classes[each].calibration = plattCalibration(m_said.scores[each], m_said.areOf(each));
    if (facts.isDiagnosis()) {
      const ProbabilityScale& positive = facts.positive().calibration;
      facts.classes.front().calibration = {positive.slope, -positive.offset};
    }
    return facts;
  }
  const TensorFile& weights() const { return m_last.weights; }
  const Folds& folds() const { return m_folds; }
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
    const SplitCases part = judgedSplit(m_folds.ofCase, fold, m_folds.count);
    const auto head = trainClasses(
        m_slides, m_facts.classes.size(), part.training, part.validation, m_settings,
        m_options.seed + uint64_t(fold), stop,
        teller(std::to_string(fold), fmt::format("fold {} of {}", fold + 1, m_folds.count), fold, progress),
        {&memory, fmt::format("fold{}", fold)});
    if (!head) return false;
    m_bestEpochs.push_back(head->bestEpoch);
    const Result<CallHead> network = CallHead::make(head->weights, m_facts);
    if (!network) return tl::unexpected(network.error());
    for (const size_t slide : part.judged) {
      const Result<SlideCall> said = network->call(*m_slides.bags[slide]);
      if (!said) return tl::unexpected(said.error());
      for (size_t each = 0; each < said->scores.size(); ++each)
        m_said.scores[each][slide] = said->scores[each];
    }
    return true;
  }

  bool trainLast(const TrainingMemory& memory, const std::stop_token& stop, const OnProgress& progress) {
    ClassSettings settings = m_settings;
    const double middle = median(std::vector<double>(m_bestEpochs.begin(), m_bestEpochs.end()));
    settings.stopAfter = std::max(1, int(std::lround(middle)));
    auto head =
        trainClasses(m_slides, m_facts.classes.size(), m_slides.all(), {}, settings, m_options.seed, stop,
                     teller("final", "final head", m_folds.count, progress), {&memory, "final"});
    if (!head) return false;
    m_last = std::move(*head);
    return true;
  }

  const TrainOptions& m_options;
  const ClassSettings m_settings;
  const Folds m_folds;
  TrainingCurve m_curve;
  TrainingCases m_slides;
  CallFacts m_facts;  ///< the names alone
  CalledSlides m_said;
  std::vector<int> m_bestEpochs;
  TrainedClasses m_last;
  const TimeLeft m_time;
};

std::string heldOutCsv(const Cohort& cohort, const Folds& folds, const CalledSlides& slides) {
  const size_t classes = cohort.classCount();
  std::string text = fmt::format("slide,fold,{}", cohort.genes.front());
  if (classes == 2) text += ",score,probability";
  for (size_t each = 0; classes > 2 && each < classes; ++each)
    text += fmt::format(",P({})", cohort.valueOf(each));
  text += '\n';
  for (size_t i = 0; i < cohort.cases.size(); ++i) {
    text += fmt::format("\"{}\",{},{}", cohort.cases[i].slides.front().filename().string(), folds.ofCase[i],
                        cohort.valueOf(slides.classOf[i]));
    if (classes == 2) text += fmt::format(",{:.6g}", slides.scores[1][i]);
    for (size_t each = classes == 2 ? 1 : 0; each < classes; ++each)
      text += fmt::format(",{:.6g}", slides.probabilities[each][i]);
    text += '\n';
  }
  return text;
}

/// "60 tumour"; "40 CMS1, 55 CMS2, 25 CMS4"
std::string counted(const CallScores& scores) {
  std::string text;
  const size_t first = scores.classes.size() - scores.ofClass.size();
  for (size_t each = 0; each < scores.ofClass.size(); ++each)
    text += fmt::format("{}{} {}", each > 0 ? ", " : "", scores.ofClass[each].positives,
                        scores.classes[first + each]);
  return text;
}

void addScores(const CallScores& scores, CallFacts& facts) {
  for (size_t each = 0; each < facts.classes.size(); ++each) {
    const ClassScores& found = scores.ofClass[facts.isDiagnosis() ? 0 : each];
    ClassFacts& one = facts.classes[each];
    one.auc = found.auc, one.aucLow = found.ci.low, one.aucHigh = found.ci.high;
  }
  facts.accuracy = scores.accuracy;
  facts.calibrationError = scores.calibrationError;
  facts.threshold = kThreshold;
  facts.slides = scores.ofClass.front().slides;
  facts.patients = scores.ofClass.front().patients;
}

CallFacts factsOf(const Cohort& cohort, const CallScores& scores, CallFacts facts, const std::string& recipe,
                  int folds) {
  addScores(scores, facts);
  facts.synthetic = isSynthetic(cohort);
  facts.statement = fmt::format(
      "{}: gated attention over {}{} slides of {} patients ({}), judged on {} folds by patient by heads "
      "that never saw them, then trained on all; P calibrated on the held-out scores",
      recipe, facts.slides, facts.synthetic ? " synthetic" : "", facts.patients, counted(scores), folds);
  return facts;
}

/// Which calls of `base` a package with this one keeps: with its genes, all but the one this stands for.
std::vector<size_t> keptCalls(const ModelPackage& base, bool keepGenes, const CallFacts& facts) {
  std::vector<size_t> kept;
  for (size_t call = 0; keepGenes && call < base.calls.size(); ++call)
    if (base.calls[call].target != facts.target) kept.push_back(call);
  return kept;
}

/// A diagnosis comes first, the one that is there already before a new one.
ModelPackage describe(const Cohort& cohort, const ModelPackage& base, bool keepGenes,
                      const TrainOptions& options, const CallFacts& facts) {
  ModelPackage package = base;
  package.name = options.name.empty() ? options.out.filename().string() : options.name;
  const bool keepsStatement = keepGenes && options.statement.empty();
  package.statement = statementOf(keepsStatement ? base.statement : options.statement, base, cohort);
  package.calls.clear();
  for (const size_t call : keptCalls(base, keepGenes, facts)) package.calls.push_back(base.calls[call]);
  const bool isFirst = facts.isDiagnosis() && (package.calls.empty() || !package.calls.front().isDiagnosis());
  package.calls.insert(isFirst ? package.calls.begin() : package.calls.end(), facts);
  if (keepGenes) return package;
  package.version = std::string("1");
  package.labelUnit = fmt::format("P({})", facts.isDiagnosis() ? facts.positive().name : facts.target);
  package.recipe = options.recipe;
  package.normalisation.clear();
  package.training = facts.statement;
  package.genes.clear();
  package.foldModels = 0;
  package.int8.reset();  // agreement was of genes
  return package;
}

size_t placeOf(const ModelPackage& package, const std::string& target) {
  return size_t(std::ranges::find(package.calls, target, &CallFacts::target) - package.calls.begin());
}

/// What the package has of `base` beside its manifest.
Result<void> copyParts(PackageWriter& writer, const ModelPackage& base, bool keepGenes,
                       const ModelPackage& package, const CallFacts& facts) {
  Result<void> written = writer.addCopy(base.folder / base.encoder.weights);
  for (const char* file : {"head.h5", kFoldHeads, "out-of-fold.json", "folds.csv"})
    if (written && keepGenes && std::filesystem::exists(base.folder / file))
      written = writer.addCopy(base.folder / file);
  for (const size_t call : keptCalls(base, keepGenes, facts)) {
    const size_t place = placeOf(package, base.calls[call].target);
    if (written) written = writer.addCopy(base.folder / callFile(base, call), callFile(package, place));
  }
  return written;
}

}  // namespace

Result<ClassSettings> classSettings(const std::string& recipe) {
  ClassSettings settings;
  const Result<Recipe> row = recipeNamed(recipe, Task::Diagnosis);
  if (!row) return tl::unexpected(row.error());
  if (row->oneModelAGene) return settings;  // the paper's own
  settings.embedding = 128;
  settings.attention = 64;
  settings.learningRate = 1e-3;
  return settings;
}

Result<ClassPackage> trainClassesOnBags(const Cohort& cohort, const std::vector<Matrix>& bags,
                                        const ModelPackage& base, bool keepGenes, const TrainOptions& options,
                                        const ClassSettings& settings, std::stop_token stop,
                                        const OnProgress& progress) {
  Result<Folds> folds = chooseFolds(cohort, options.foldChoice());
  if (!folds) return tl::unexpected(folds.error());
  Result<PackageWriter> writer = PackageWriter::begin(options.out);
  if (!writer) return tl::unexpected(writer.error());
  Result<TrainingCurve> curve = TrainingCurve::begin(besidePackage(options.out, ".curve.csv"));
  if (!curve) return tl::unexpected(curve.error());
  useTrainingThreads(options.threads);
  PackageTraining training(cohort, bags, options, settings, std::move(*folds), std::move(*curve));
  const Result<bool> done = training.run(stop, progress);
  if (!done) return tl::unexpected(done.error());
  if (!*done) return trainingCancelled(options.out);
  CallFacts facts = training.calibrated();
  CallScores scores = scoreCall(training.heldOut(), facts.target, std::get<Classes>(cohort.target).names,
                                kThreshold, options.seed);
  facts = factsOf(cohort, scores, std::move(facts), options.recipe, training.folds().count);
  ModelPackage described = describe(cohort, base, keepGenes, options, facts);
  const auto domain = trainingDomain(cohort, training.folds(), bags, options.seed, stop);
  if (stop.stop_requested()) return trainingCancelled(options.out);
  described.domain = domain ? std::optional(domain->facts()) : std::nullopt;
  const std::filesystem::path file = callFile(described, placeOf(described, facts.target));
  const auto named = [&](const char* ending) {
    return std::filesystem::path(file).replace_extension(ending).string();
  };
  const Result<ModelPackage> package =
      copyParts(*writer, base, keepGenes, described, facts)
          .and_then([&] { return writer->addTensors(file.string(), training.weights()); })
          .and_then([&] { return writer->addDomain(domain); })
          .and_then([&] { return writer->addText(named(".json"), callAsJson(scores)); })
          .and_then([&] {
            return writer->addText(named(".csv"), heldOutCsv(cohort, training.folds(), training.heldOut()));
          })
          .and_then([&] { return writer->finish(described); });
  if (!package) return tl::unexpected(package.error());
  training.forget();
  return ClassPackage{*package, package->calls[placeOf(*package, facts.target)], std::move(scores)};
}

Result<ClassPackage> trainClassPackage(const ClassTraining& prepared, const ModelPackage& base,
                                       bool keepGenes, const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress) {
  const Result<ClassSettings> settings = classSettings(options.recipe);
  if (!settings) return tl::unexpected(settings.error());
  const Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(base));
  const Result<std::vector<Matrix>> bags = bagsOf(prepared.training, encoder, *features, stop, progress);
  if (!bags) return tl::unexpected(bags.error());
  return trainClassesOnBags(prepared.training, *bags, base, keepGenes, options, *settings, stop, progress);
}

Result<ClassPackage> trainClassPackage(const Cohort& cohort, const ModelPackage& base, bool keepGenes,
                                       const TrainOptions& options, std::stop_token stop,
                                       const OnProgress& progress) {
  const Result<ClassTraining> prepared = prepareClasses(cohort, base, keepGenes, options);
  if (!prepared) return tl::unexpected(prepared.error());
  return trainClassPackage(*prepared, base, keepGenes, options, stop, progress);
}

}  // namespace geneglass
