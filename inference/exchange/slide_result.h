// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What a model says of one of its genes, whatever the slide.
struct ModelGene {
  std::string symbol;
  double trainingMean = 0, heldOutR = 0, ciLow = 0, ciHigh = 0;
  bool wellPredicted = false;
};

/// What a finished NAME.prediction.json says of its slide as a whole. G genes.
struct SlideResult {
  std::filesystem::path file;
  std::string name;  ///< NAME
  std::string slideFile, slideHash;
  int64_t width = 0, height = 0;  ///< level-0 pixels
  double mpp = 0;
  std::string modelName, modelVersion, modelHash, labelUnit;
  std::string precision;  ///< "float32", "int8", or empty
  int64_t tiles = 0, damagedTiles = 0;
  double shareOutside =
      std::numeric_limits<double>::quiet_NaN();  ///< of tiles unlike the training's; NaN: unknown
  bool outside = false, withheld = false;
  std::vector<double> values;               ///< G; NaN where none is told, as the next two
  std::vector<float> percentiles, spreads;  ///< G
  std::vector<std::pair<std::string, double>>
      calls;            ///< "TARGET: CLASS" and its probability, or share of tiles
  std::string content;  ///< a hash of all it says but of seconds and its file's name
  std::string symbols;  ///< a hash of its genes in their order
};

/// Reads a result and looks whether its maps, NAME.maps.h5 beside it, are of it; `genes` gets the model's.
/// Errors name the file: it is not there, no JSON, cut short, without what results have, its maps are not
/// there, damaged, or of another slide or model.
Result<SlideResult> readSlideResult(const std::filesystem::path& file, std::vector<ModelGene>& genes);

constexpr const char* kResultEnding = ".prediction.json";

}  // namespace geneglass
