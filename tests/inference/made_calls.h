// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/import/tile_classifier.h"
#include "tests/inference/made_model.h"

namespace geneglass::testing {

inline CallFacts madeDiagnosisFacts() {
  CallFacts facts;
  facts.classes = {{"normal", 0.97, 0.91, 0.99, {1.5, 0.25}}, {"tumour", 0.97, 0.91, 0.99, {1.5, -0.25}}};
  facts.accuracy = 0.93;
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
  package.calls = {madeDiagnosisFacts()};
  const Result<ModelPackage> written = writeManifest(package);
  if (!written) throw std::runtime_error(written.error().sentence);
  return *written;
}

inline CallFacts madeSubtypeFacts() {
  CallFacts facts = madeDiagnosisFacts();
  facts.target = "CMS";
  facts.classes = {{"CMS1", 0.93, 0.88, 0.96, {1.2, -0.1}},
                   {"CMS2", 0.81, 0.74, 0.87, {0.8, 0.2}},
                   {"CMS4", 0.86, 0.8, 0.91, {1, 0}}};
  return facts;
}

/// Adds a call of three classes with random weights behind those that the package has.
inline ModelPackage addMadeSubtypes(ModelPackage package) {
  package.calls.push_back(madeSubtypeFacts());
  const GatedSides sides{package.encoder.width, 5, 4, 1, 3, false};
  if (!writeTensors(package.folder / callFile(package, package.calls.size() - 1), madeGatedHead(sides, 43)))
    throw std::runtime_error("call");
  const Result<ModelPackage> written = writeManifest(package);
  if (!written) throw std::runtime_error(written.error().sentence);
  return *written;
}

/// Adds classes of tiles with random weights behind the calls that the package has.
inline ModelPackage addMadeTileClasses(ModelPackage package, std::vector<std::string> names) {
  const auto count = int64_t(names.size()), width = int64_t(package.encoder.width);
  const TileClassifier classifier{{{count, width}, madeNumbers(size_t(count * width), 47)},
                                  {{count}, madeNumbers(size_t(count), 48)},
                                  std::move(names)};
  package.calls.push_back(callOf(classifier).value());
  if (!writeTensors(package.folder / callFile(package, package.calls.size() - 1), headOf(classifier)))
    throw std::runtime_error("tile classes");
  const Result<ModelPackage> written = writeManifest(package);
  if (!written) throw std::runtime_error(written.error().sentence);
  return *written;
}

}  // namespace geneglass::testing
