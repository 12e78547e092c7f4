// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/diagnosis_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace geneglass {

DiagnosisScores scoreDiagnosis(const DiagnosedSlides& slides, double threshold, uint64_t seed) {
  DiagnosisScores scores;
  scores.slides = int(slides.scores.size());
  scores.positives = int(std::count(slides.positive.begin(), slides.positive.end(), true));
  scores.patients = int(std::set<size_t>(slides.patient.begin(), slides.patient.end()).size());
  scores.auc = areaUnderRoc(slides.scores, slides.positive);
  scores.ci = aucInterval(slides.scores, slides.positive, slides.patient, seed);
  scores.threshold = threshold;
  int right = 0;
  for (size_t i = 0; i < slides.scores.size(); ++i)
    right += (slides.probabilities[i] >= threshold) == slides.positive[i] ? 1 : 0;
  scores.accuracy = double(right) / scores.slides;
  scores.bins = reliability(slides.probabilities, slides.positive);
  scores.calibrationError = expectedCalibrationError(scores.bins);
  scores.roc = rocCurve(slides.scores, slides.positive);
  return scores;
}

std::vector<double> calibratedOutOfFold(const std::vector<double>& scores, const std::vector<bool>& positive,
                                        const std::vector<int>& foldOfSlide, int folds) {
  std::vector<double> probabilities(scores.size());
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<double> others;
    std::vector<bool> othersPositive;
    for (size_t i = 0; i < scores.size(); ++i) {
      if (foldOfSlide[i] == fold) continue;
      others.push_back(scores[i]);
      othersPositive.push_back(positive[i]);
    }
    const ProbabilityScale calibration = plattCalibration(others, othersPositive);
    for (size_t i = 0; i < scores.size(); ++i)
      if (foldOfSlide[i] == fold) probabilities[i] = calibration.probability(scores[i]);
  }
  return probabilities;
}

std::string diagnosisAsText(const DiagnosisScores& scores) {
  std::string text = fmt::format(
      "{} slides of {} patients, {} with tumour\n"
      "AUC                          {:.4f}  95 % interval {:.4f} to {:.4f}\n"
      "accuracy at P = {:.2f}         {:.4f}\n"
      "expected calibration error   {:.4f}\n",
      scores.slides, scores.patients, scores.positives, scores.auc, scores.ci.low, scores.ci.high,
      scores.threshold, scores.accuracy, scores.calibrationError);
  if (scores.evidenceAuc)
    text += fmt::format("evidence map against planted tumour: AUC over tiles {:.4f} (mean of {} slides)",
                        *scores.evidenceAuc, scores.evidenceSlides);
  if (scores.allTilesAuc) text += fmt::format(", {:.4f} over the tiles of all slides\n", *scores.allTilesAuc);
  return text;
}

std::string diagnosisAsJson(const DiagnosisScores& scores) {
  using nlohmann::json;
  json document = {{"slides", scores.slides},
                   {"positives", scores.positives},
                   {"patients", scores.patients},
                   {"auc", scores.auc},
                   {"auc_low", scores.ci.low},
                   {"auc_high", scores.ci.high},
                   {"accuracy", scores.accuracy},
                   {"threshold", scores.threshold},
                   {"calibration_error", scores.calibrationError},
                   {"evidence_auc", nullptr},
                   {"evidence_slides", scores.evidenceSlides},
                   {"evidence_auc_all_tiles", nullptr},
                   {"reliability", json::array()},
                   {"roc", json::array()}};
  if (scores.evidenceAuc) document["evidence_auc"] = *scores.evidenceAuc;
  if (scores.allTilesAuc) document["evidence_auc_all_tiles"] = *scores.allTilesAuc;
  for (const ReliabilityBin& bin : scores.bins)
    document["reliability"].push_back({{"predicted", bin.predicted},
                                       {"observed", bin.observed},
                                       {"ci_low", bin.ci.low},
                                       {"ci_high", bin.ci.high},
                                       {"slides", bin.count}});
  for (const RocPoint& point : scores.roc)
    document["roc"].push_back({point.falsePositives, point.truePositives});
  return document.dump(1) + "\n";
}

}  // namespace geneglass
