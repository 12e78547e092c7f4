// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/call_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace geneglass {
namespace {

/// Share of the slides whose likeliest class is theirs.
double shareRight(const CalledSlides& slides) {
  size_t right = 0;
  for (size_t slide = 0; slide < slides.classOf.size(); ++slide) {
    size_t likeliest = 0;
    for (size_t each = 1; each < slides.probabilities.size(); ++each)
      if (slides.probabilities[each][slide] > slides.probabilities[likeliest][slide]) likeliest = each;
    right += likeliest == slides.classOf[slide];
  }
  return double(right) / double(slides.classOf.size());
}

}  // namespace

ClassScores scoreClass(const ClassedSlides& slides, double threshold, uint64_t seed) {
  ClassScores scores;
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

void calibrateOutOfFold(CalledSlides& slides, const std::vector<int>& foldOfSlide, int folds) {
  const size_t classes = slides.scores.size();
  slides.probabilities.assign(classes, {});
  for (size_t each = classes == 2 ? 1 : 0; each < classes; ++each)
    slides.probabilities[each] =
        calibratedOutOfFold(slides.scores[each], slides.areOf(each), foldOfSlide, folds);
  for (size_t slide = 0; slide < slides.classOf.size(); ++slide) {
    if (classes == 2) {
      slides.probabilities[0].push_back(1 - slides.probabilities[1][slide]);
      continue;
    }
    double sum = 0;
    for (const std::vector<double>& each : slides.probabilities) sum += each[slide];
    for (std::vector<double>& each : slides.probabilities)
      each[slide] = sum > 0 ? each[slide] / sum : 1 / double(classes);
  }
}

std::vector<bool> CalledSlides::areOf(size_t which) const {
  std::vector<bool> all;
  for (const size_t each : classOf) all.push_back(each == which);
  return all;
}

ClassedSlides CalledSlides::against(size_t which) const {
  return {scores[which], probabilities[which], areOf(which), patient};
}

CallScores scoreCall(const CalledSlides& slides, const std::string& target,
                     const std::vector<std::string>& classes, double threshold, uint64_t seed) {
  CallScores scores{target, classes, {}, 0, 0};
  for (size_t each = classes.size() == 2 ? 1 : 0; each < classes.size(); ++each)
    scores.ofClass.push_back(scoreClass(slides.against(each), threshold, seed));
  for (const ClassScores& each : scores.ofClass)
    scores.calibrationError += each.calibrationError / double(scores.ofClass.size());
  scores.accuracy = classes.size() == 2 ? scores.ofClass.front().accuracy : shareRight(slides);
  return scores;
}

static std::string diagnosisAsText(const ClassScores& scores) {
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

namespace {

nlohmann::json toJson(const ClassScores& scores) {
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
  return document;
}

}  // namespace

std::string callAsText(const CallScores& scores) {
  if (scores.ofClass.size() == 1) return diagnosisAsText(scores.ofClass.front());
  const ClassScores& first = scores.ofClass.front();
  std::string text = fmt::format("{} slides of {} patients\n", first.slides, first.patients);
  for (size_t each = 0; each < scores.ofClass.size(); ++each) {
    const ClassScores& one = scores.ofClass[each];
    text += fmt::format(
        "{:12} {:5} slides, AUC against the others {:.4f}  95 % interval {:.4f} to {:.4f}, expected "
        "calibration "
        "error {:.4f}\n",
        scores.classes[each], one.positives, one.auc, one.ci.low, one.ci.high, one.calibrationError);
  }
  return text + fmt::format("accuracy of the likeliest class {:.4f}\n", scores.accuracy);
}

std::string callAsJson(const CallScores& scores) {
  nlohmann::json document = toJson(scores.ofClass.front());
  if (scores.ofClass.size() > 1) {
    document = {{"target", scores.target},
                {"accuracy", scores.accuracy},
                {"calibration_error", scores.calibrationError},
                {"classes", nlohmann::json::array()}};
    for (size_t each = 0; each < scores.ofClass.size(); ++each) {
      document["classes"].push_back(toJson(scores.ofClass[each]));
      document["classes"].back()["class"] = scores.classes[each];
    }
  }
  return document.dump(1) + "\n";
}

}  // namespace geneglass
