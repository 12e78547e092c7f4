// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/planted_expression.h"
#include "inference/model_package.h"
#include "viewer/slide/progress.h"

namespace geneglass {

struct PretrainOptions {
  std::string recipe = "composition";
  std::vector<std::filesystem::path> sources;  ///< folders made by `synth`
  std::filesystem::path out;                   ///< the package's folder; must not exist
  uint64_t seed = 1;
  int threads = 0;  ///< 0 = all
  int epochs = 6;
  int batch = 64;
  double learningRate =
      3e-3;  ///< Adam's highest; rises over the first twentieth, then falls by a cosine to 0
  std::vector<int> blocks{1, 1, 1, 1};
  std::vector<int> channels{16, 32, 64, 128};  ///< the last is D
  std::string name = "composition";
};

struct PretrainedEncoder {
  ModelPackage package;  ///< without genes
  size_t tiles = 0;      ///< trained on
  size_t heldOutTiles = 0;
  /// Pearson between read and planted fraction over tiles of slides not trained on; NaN where a class is not
  /// there.
  std::array<double, kTissueClasses> heldOutR{};
};

/// Recipe `composition`: a residual network and a linear read-out learn the tissue-class fractions of each
/// tile under strong changes of staining; the network is written as an encoder's package. One slide of ten is
/// held out. Errors: another recipe, sources without planted truth, cancelled; then no package is left. Same
/// seed and thread count, same weights.
Result<PretrainedEncoder> pretrainEncoder(const PretrainOptions& options, std::stop_token stop,
                                          const OnProgress& progress);

}  // namespace geneglass
