// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/learning/statistics/calibration.h"
#include "inference/learning/statistics/roc_curve.h"

namespace geneglass {

/// What a diagnosis said of slides whose kind is known, in one order.
struct DiagnosedSlides {
  std::vector<double> scores;         ///< not calibrated
  std::vector<double> probabilities;  ///< calibrated
  std::vector<bool> positive;
  std::vector<size_t> patient;
};

/// How well it tells tumour from normal (methods.md section 4).
struct DiagnosisScores {
  int slides = 0;
  int positives = 0;
  int patients = 0;
  double auc = 0;       ///< over slides
  Interval ci;          ///< aucInterval
  double accuracy = 0;  ///< probability >= threshold is positive
  double threshold = 0.5;
  double calibrationError = 0;  ///< expectedCalibrationError of `bins`
  std::vector<ReliabilityBin> bins;
  std::vector<RocPoint> roc;
  std::optional<double> evidenceAuc;  ///< synthetic slides: EvidenceScores::meanAuc
  int evidenceSlides = 0;             ///< over so many slides
  std::optional<double> allTilesAuc;  ///< EvidenceScores::allTilesAuc
};

/// Needs slides of both kinds. The evidence is left out.
DiagnosisScores scoreDiagnosis(const DiagnosedSlides& slides, double threshold, uint64_t seed);

/// Probabilities of slides by calibrations that never saw them: that of each fold is fitted on the other
/// folds' scores. Each fold's others hold both kinds.
std::vector<double> calibratedOutOfFold(const std::vector<double>& scores, const std::vector<bool>& positive,
                                        const std::vector<int>& foldOfSlide, int folds);

/// Lines for people.
std::string diagnosisAsText(const DiagnosisScores& scores);

/// One JSON object.
std::string diagnosisAsJson(const DiagnosisScores& scores);

}  // namespace geneglass
