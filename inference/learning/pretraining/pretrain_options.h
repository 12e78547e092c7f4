// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "inference/package/model_package.h"
#include "inference/synthetic/planted_expression.h"

namespace geneglass {

/// Epochs of recipe composition.
constexpr int kCompositionEpochs = 6;

struct PretrainOptions {
  std::string recipe = "contrast";
  std::vector<std::filesystem::path>
      sources;                  ///< slides and folders; for composition folders made by `synth`
  std::filesystem::path out;    ///< the package's folder; must not exist
  std::string encoder;          ///< of contrast: small, resnet18, resnet50; empty = the recipe's
  std::filesystem::path start;  ///< of contrast: a package whose encoder it begins with
  std::optional<double> mpp;    ///< of slides that do not say it
  uint64_t seed = 1;
  int threads = 0;  ///< 0 = all
  // 0 = the recipe's:
  int epochs = 0;
  int batch = 0;
  int64_t negatives = 0;                       ///< of contrast
  double learningRate = 0;                     ///< the highest
  int reservoirMebibytes = 256;                ///< of contrast: pixels in memory, for mixing slides
  double secondsBetweenKept = 120;             ///< of contrast: what a power failure may cost
  std::vector<int> blocks{1, 1, 1, 1};         ///< of composition
  std::vector<int> channels{16, 32, 64, 128};  ///< of composition; the last is D
  std::string name;                            ///< empty = the recipe's
};

struct PretrainedEncoder {
  ModelPackage package;     ///< without genes
  size_t tiles = 0;         ///< trained on
  size_t heldOutTiles = 0;  ///< judged by
  /// Of composition: Pearson between read and planted fraction over tiles of slides not trained on; NaN where
  /// a class is not there.
  std::array<double, kTissueClasses> heldOutR{};
  /// Of contrast: how many of the tiles of known class have such neighbours; NaN where no class is known.
  double neighbourAccuracy = std::numeric_limits<double>::quiet_NaN();
  bool judgedAreHeldOut = true;  ///< false where there were too few slides to hold some out
};

}  // namespace geneglass
