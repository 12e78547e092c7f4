// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/learning/ranks/rank_place.h"
#include "viewer/foundation/request_option.h"

namespace geneglass {

/// A pretraining of an encoder, whole: what `geneglass-cli pretrain` is called with and what a dialog fills.
/// Plain.
struct PretrainRequest {
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
  RankPlace place;                             ///< of contrast: of several processes that are called alike

  bool operator==(const PretrainRequest&) const = default;
};

/// All that a call of `pretrain` can say of it, in the order of its help; the fields that are not there are
/// for tests and for going on. A new option is a field and a row here.
std::vector<RequestOption> optionsOf(PretrainRequest& request);

/// The words after `pretrain`.
std::vector<std::string> wordsOf(PretrainRequest request);

}  // namespace geneglass
