// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/diagnosis_evaluation.h"

#include <fmt/format.h>

#include "inference/head/call_head.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/evaluation/evidence_scores.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {

Result<DiagnosisEvaluation> evaluateDiagnosis(const ModelPackage& package, const DiagnosisCohort& cohort,
                                              const EvaluateOptions& options, std::stop_token stop,
                                              const OnProgress& progress) {
  constexpr uint64_t kSeed = 1;
  if (!package.calls.empty() && !package.calls.front().isDiagnosis())
    return fail(fmt::format("The model package '{}' holds no diagnosis.", package.folder.string()));
  const Result<CallHead> head = loadCallHead(package);
  if (!head) return tl::unexpected(head.error());
  const Result<DiagnosisCohort> chosen = chooseSlidesToEvaluate(cohort);
  if (!chosen) return tl::unexpected(chosen.error());
  const Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
  DiagnosisEvaluation evaluation{cohort.file, {}, {}};
  DiagnosedSlides& slides = evaluation.slides;
  slides.positive = chosen->positives();
  slides.patient = chosen->patientOfSlide();
  EvidenceScores evidence;
  const TimeLeft time;
  const double total = double(chosen->slides.size());
  for (const DiagnosedSlide& slide : chosen->slides) {
    const Result<FeatureBag> bag = featuresOf(slide.file, encoder, *features, stop);
    if (!bag) return tl::unexpected(bag.error());
    const Result<SlideCall> said = head->call(bag->features);
    if (!said) return tl::unexpected(said.error());
    slides.scores.push_back(said->scores.back());
    slides.probabilities.push_back(said->probability());
    if (const auto added = evidence.add(slide.file, bag->grid, said->evidence); !added)
      return tl::unexpected(added.error());
    const double done = double(slides.scores.size());
    progress({"evaluating slide", int64_t(done), int64_t(total), time.after(done, total)});
  }
  evaluation.scores = scoreDiagnosis(slides, package.calls.front().threshold, kSeed);
  evaluation.scores.evidenceAuc = evidence.meanAuc();
  evaluation.scores.evidenceSlides = evidence.slides();
  evaluation.scores.allTilesAuc = evidence.allTilesAuc();
  return evaluation;
}

}  // namespace geneglass
