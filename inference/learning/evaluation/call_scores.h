// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/learning/statistics/calibration.h"
#include "inference/learning/statistics/roc_curve.h"

namespace geneglass {

/// What is said of a class on slides of which it is known whether they are of it, in one order.
struct ClassedSlides {
  std::vector<double> scores;         ///< not calibrated
  std::vector<double> probabilities;  ///< calibrated
  std::vector<bool> positive;
  std::vector<size_t> patient;
};

/// How well a class is told from the others (methods.md section 4).
struct ClassScores {
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
ClassScores scoreClass(const ClassedSlides& slides, double threshold, uint64_t seed);

/// What a call said of slides whose class is known, K classes, N slides.
struct CalledSlides {
  std::vector<std::vector<double>> scores;         ///< K x N; see SlideCall
  std::vector<std::vector<double>> probabilities;  ///< K x N
  std::vector<size_t> classOf;                     ///< N
  std::vector<size_t> patient;                     ///< N

  std::vector<bool> areOf(size_t which) const;
  ClassedSlides against(size_t which) const;  ///< the class against the others
};

/// How well a call tells its classes apart.
struct CallScores {
  std::string target;
  std::vector<std::string> classes;
  std::vector<ClassScores> ofClass;  ///< of two classes the second alone, which says all
  double accuracy = 0;               ///< of two classes from the threshold on, of more the likeliest one's
  double calibrationError = 0;       ///< the mean over ofClass
};

/// Needs slides of every class. The evidence is left out.
CallScores scoreCall(const CalledSlides& slides, const std::string& target,
                     const std::vector<std::string>& classes, double threshold, uint64_t seed);

/// Probabilities of slides by calibrations that never saw them: that of each fold is fitted on the other
/// folds' scores. Each fold's others hold both kinds.
std::vector<double> calibratedOutOfFold(const std::vector<double>& scores, const std::vector<bool>& positive,
                                        const std::vector<int>& foldOfSlide, int folds);

/// The probabilities of each class so, of more than two scaled to the sum 1; fills slides.probabilities.
void calibrateOutOfFold(CalledSlides& slides, const std::vector<int>& foldOfSlide, int folds);

/// Lines for people.
std::string callAsText(const CallScores& scores);

/// One JSON object: of two classes that of the second, of more {target, accuracy, calibration_error,
/// classes}.
std::string callAsJson(const CallScores& scores);

}  // namespace geneglass
