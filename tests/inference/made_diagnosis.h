// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/inference/made_model.h"

namespace geneglass::testing {

inline DiagnosisFacts madeDiagnosisFacts() {
  DiagnosisFacts facts;
  facts.auc = 0.97;
  facts.aucLow = 0.91;
  facts.aucHigh = 0.99;
  facts.accuracy = 0.93;
  facts.calibration = {1.5, -0.25};
  facts.calibrationError = 0.04;
  facts.slides = 120;
  facts.patients = 60;
  facts.synthetic = true;
  facts.statement = "made for a test";
  return facts;
}

/// Adds a diagnosis with random weights to a package that madeModel() made.
inline ModelPackage addMadeDiagnosis(ModelPackage package) {
  const GatedSides sides{package.encoder.width, 5, 4, 1, 4, false};
  if (!writeTensors(package.folder / "diagnosis.h5", madeGatedHead(sides, 41)))
    throw std::runtime_error("diagnosis.h5");
  package.diagnosis = madeDiagnosisFacts();
  const Result<ModelPackage> written = writeManifest(package);
  if (!written) throw std::runtime_error(written.error().sentence);
  return *written;
}

}  // namespace geneglass::testing
