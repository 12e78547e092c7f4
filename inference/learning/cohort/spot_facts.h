// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What a cohort made of measured spots says of itself, beside its table: spot-cohort.json. A training takes
/// from it what else would have to be said again.
struct SpotFacts {
  std::string bags;           ///< what a bag is: "spots" or "regions"
  std::string labelUnit;      ///< of its values
  std::vector<double> sizes;  ///< of the tiles that its features tell of, see TileView
  int sections = 0;           ///< each is a fold of folds()

  static std::filesystem::path folds(const std::filesystem::path& cohort);  ///< see readFolds()
};

Result<void> writeSpotFacts(const std::filesystem::path& folder, const SpotFacts& facts);

/// None where the cohort is of another kind. Error: a file that is there and says something else.
Result<std::optional<SpotFacts>> readSpotFacts(const std::filesystem::path& cohort);

}  // namespace geneglass
