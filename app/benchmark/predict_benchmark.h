// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/benchmark/convolution_rates.h"
#include "inference/package/model_package.h"
#include "inference/package/precision.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A prediction and its parts, measured in turn in one process; no cache. Rates are medians, tiles a second
/// over all threads; times are milliseconds.
struct PredictBenchmark {
  Precision precision = Precision::Float32;
  int threads = 0;
  int tiles = 0;                                 ///< of the model, in one run
  double tilesPerSecond = 0;                     ///< read and encoded
  double encodeOnly = 0;                         ///< the same tiles, already in memory
  double readOnly = 0;                           ///< and not encoded
  std::optional<double> firstResult;             ///< until the first map; none for a package without genes
  std::optional<ConvolutionRates> convolutions;  ///< of a built-in encoder: oneDNN's own rates
  std::vector<double> cancels;                   ///< each from the stop to the return, ascending
};

struct PredictBenchmarkOptions {
  std::filesystem::path slide;
  std::optional<double> mpp;
  std::optional<Precision> precision;  ///< none: the package's default
  int threads = 0;                     ///< 0 = all
  int mostTiles = 1000;                ///< of a run; spread over the slide's tissue
};

/// Errors: those of opening and predicting, stopped.
Result<PredictBenchmark> measurePrediction(const PredictBenchmarkOptions& options,
                                           const ModelPackage& package, std::stop_token stop);

}  // namespace geneglass
