// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/diagnosis_manifest.h"

namespace geneglass {

DiagnosisFacts readDiagnosis(const ManifestReader& from) {
  DiagnosisFacts facts;
  const ManifestReader classes = from.object("classes");
  facts.negative = classes.text("negative");
  facts.positive = classes.text("positive");
  if (facts.positive.empty() || facts.positive == facts.negative)
    classes.refuse("positive", "must be a name of its own");
  facts.auc = from.number("auc", 0, 1);
  facts.aucLow = from.number("auc_low", 0, facts.auc);
  facts.aucHigh = from.number("auc_high", facts.auc, 1);
  facts.accuracy = from.number("accuracy", 0, 1);
  const ManifestReader calibration = from.object("calibration");
  facts.calibration.slope = calibration.number("slope", -1e6, 1e6);
  facts.calibration.offset = calibration.number("offset", -1e6, 1e6);
  facts.calibrationError = calibration.number("expected_error", 0, 1);
  facts.threshold = from.number("threshold", 0, 1);
  facts.slides = from.integer("slides", 2, 1 << 30);
  facts.patients = from.integer("patients", 1, facts.slides);
  facts.synthetic = from.flag("synthetic");
  facts.statement = from.text("statement");
  return facts;
}

nlohmann::json toJson(const DiagnosisFacts& facts) {
  return {{"classes", {{"negative", facts.negative}, {"positive", facts.positive}}},
          {"auc", facts.auc},
          {"auc_low", facts.aucLow},
          {"auc_high", facts.aucHigh},
          {"accuracy", facts.accuracy},
          {"calibration",
           {{"slope", facts.calibration.slope},
            {"offset", facts.calibration.offset},
            {"expected_error", facts.calibrationError}}},
          {"threshold", facts.threshold},
          {"slides", facts.slides},
          {"patients", facts.patients},
          {"synthetic", facts.synthetic},
          {"statement", facts.statement}};
}

}  // namespace geneglass
