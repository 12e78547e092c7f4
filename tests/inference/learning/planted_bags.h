// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <random>
#include <stdexcept>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/heads/head_training.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass::testing {

/// Bags of random tiles; two hidden things vary over tiles and slides. Gene 0 follows the first, gene 1 the
/// second, genes 2 and 3 follow nothing.
struct PlantedBags {
  Cohort cohort;
  std::vector<Matrix> bags;    ///< tiles x 10
  std::vector<Matrix> hidden;  ///< tiles x 2: what the tiles hold
};

inline PlantedBags makePlantedBags(size_t cases, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  constexpr size_t kFeatures = 10;
  Matrix mixing(2, kFeatures);
  for (float& value : mixing.values) value = normal(random);
  PlantedBags planted;
  planted.cohort.genes = {"MUC2", "VIM", "APC", "KRAS"};
  for (size_t index = 0; index < cases; ++index) {
    const size_t tiles = 15 + random() % 10;
    Matrix bag(tiles, kFeatures), hidden(tiles, 2);
    const float level[2] = {normal(random), normal(random)};
    std::vector<float> labels(4, 0);
    for (size_t tile = 0; tile < tiles; ++tile)
      for (size_t thing = 0; thing < 2; ++thing) {
        const float amount = hidden.at(tile, thing) = level[thing] + normal(random);
        labels[thing] += amount / float(tiles);
        for (size_t f = 0; f < kFeatures; ++f) bag.at(tile, f) += amount * mixing.at(thing, f);
      }
    for (float& value : bag.values) value += 0.3f * normal(random) + 5;
    for (size_t gene = 0; gene < 4; ++gene)
      labels[gene] = 7 + 2 * labels[gene] + (gene < 2 ? 0.3f : 1) * normal(random);
    planted.cohort.cases.push_back({"case" + std::to_string(index), Split::Train, {}, labels});
    planted.bags.push_back(std::move(bag));
    planted.hidden.push_back(std::move(hidden));
  }
  return planted;
}

inline TrainingCases casesOf(const PlantedBags& planted) {
  TrainingCases cases;
  for (const Matrix& bag : planted.bags) cases.bags.push_back(&bag);
  cases.labels = planted.cohort.labels();
  return cases;
}

/// A package whose encoder stands for the one that made `width` features a tile.
inline ModelPackage makePlantedEncoder(const std::filesystem::path& folder, int width = 10) {
  std::filesystem::create_directories(folder);
  ModelPackage package;
  package.folder = folder;
  package.licence = "GPL-3.0-or-later";
  package.encoder.name = "planted";
  package.encoder.width = width;
  package.encoder.architecture = "resnet";
  package.encoder.blocks = {1};
  package.encoder.channels = {width};
  package.encoder.weights = "encoder.h5";
  if (!writeTensors(folder / package.encoder.weights, {{"conv1.weight", {{1}, {1.0f}}}}))
    throw std::runtime_error("encoder.h5");
  const Result<ModelPackage> written = writeManifest(package);
  if (!written) throw std::runtime_error(written.error().sentence);
  return *written;
}

inline HeadSettings smallSettings() {
  HeadSettings settings;
  settings.embedding = 12;
  settings.attention = 6;
  settings.epochs = 40;
  settings.learningRate = 5e-3;
  return settings;
}

}  // namespace geneglass::testing
