// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/call_evaluation.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/head/call_head.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/evaluation/evidence_scores.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

/// The package's call that the cohort is of.
Result<size_t> callOf(const ModelPackage& package, const Cohort& cohort) {
  const std::string& target = cohort.genes.front();
  const auto& [names, numbered] = std::get<Classes>(cohort.target);
  const auto found = std::ranges::find(package.calls, target, &CallFacts::target);
  if (found == package.calls.end() && numbered) {
    if (!package.calls.empty() && package.calls.front().isDiagnosis()) return 0;
    return fail(fmt::format("The model package '{}' holds no diagnosis.", package.folder.string()));
  }
  if (found == package.calls.end())
    return fail(fmt::format("The model package '{}' makes no call of {}.", package.folder.string(), target));
  if (found->ofTiles)
    return fail(
        fmt::format("The model package '{}' sorts tiles by {}, which a cohort of slides cannot judge.",
                    package.folder.string(), target));
  if (numbered && !found->isDiagnosis())
    return fail(
        fmt::format("Cannot use the cohort '{}': its column {} has 0 and 1 for the {} classes of the "
                    "model package '{}'.",
                    cohort.file.string(), target, found->classes.size(), package.folder.string()));
  if (!numbered && !std::ranges::equal(found->classes, names, {}, &ClassFacts::name))
    return fail(
        fmt::format("Cannot use the cohort '{}': its column {} has other classes than the model "
                    "package '{}'.",
                    cohort.file.string(), target, package.folder.string()));
  return size_t(found - package.calls.begin());
}

void add(const SlideCall& said, CalledSlides& slides) {
  for (size_t each = 0; each < said.scores.size(); ++each) {
    slides.scores[each].push_back(said.scores[each]);
    slides.probabilities[each].push_back(said.probabilities[each]);
  }
}

}  // namespace

Result<CallEvaluation> evaluateCall(const ModelPackage& package, const Cohort& cohort,
                                    const EvaluateOptions& options, std::stop_token stop,
                                    const OnProgress& progress) {
  constexpr uint64_t kSeed = 1;
  const Result<size_t> call = callOf(package, cohort);
  if (!call) return tl::unexpected(call.error());
  const Result<CallHead> head = loadCallHead(package, *call);
  if (!head) return tl::unexpected(head.error());
  const Result<Cohort> chosen = chooseCasesToEvaluate(cohort);
  if (!chosen) return tl::unexpected(chosen.error());
  const Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
  CallEvaluation evaluation{cohort.file, package.calls[*call], {}, {}};
  const CallFacts& facts = evaluation.call;
  CalledSlides& slides = evaluation.slides;
  slides.scores.resize(facts.classes.size());
  slides.probabilities.resize(facts.classes.size());
  slides.classOf = chosen->classOfCase();
  slides.patient = chosen->patientOfCase();
  EvidenceScores evidence;
  const TimeLeft time;
  int64_t done = 0;
  const auto total = int64_t(chosen->cases.size());
  for (const CohortCase& one : chosen->cases) {
    const std::filesystem::path& slide = one.slides.front();
    const Result<FeatureBag> bag = featuresOf(slide, encoder, *features, stop);
    if (!bag) return tl::unexpected(bag.error());
    const Result<SlideCall> said = head->call(bag->features);
    if (!said) return tl::unexpected(said.error());
    add(*said, slides);
    if (facts.isDiagnosis())
      if (const auto added = evidence.add(slide, bag->grid, said->evidence); !added)
        return tl::unexpected(added.error());
    ++done;
    progress({"evaluating slide", done, total, time.after(double(done), double(total))});
  }
  std::vector<std::string> names;
  for (const ClassFacts& each : facts.classes) names.push_back(each.name);
  evaluation.scores = scoreCall(slides, facts.target, names, facts.threshold, kSeed);
  if (!facts.isDiagnosis()) return evaluation;
  ClassScores& scores = evaluation.scores.ofClass.front();
  scores.evidenceAuc = evidence.meanAuc();
  scores.evidenceSlides = evidence.slides();
  scores.allTilesAuc = evidence.allTilesAuc();
  return evaluation;
}

}  // namespace geneglass
