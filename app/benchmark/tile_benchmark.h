// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Three ways to the same tiles of level 0, measured in turn in one process. Rates are medians, tiles a
/// second over all threads.
struct TileBenchmark {
  int threads = 0;
  int tiles = 0;                         ///< in one run
  int runs = 0;                          ///< of each way
  std::optional<double> openSlide = {};  ///< nothing where OpenSlide does not open the slide
  double geneglass = 0;
  std::optional<double> decodeLimit = {};  ///< nothing where the tiles are not JPEG
  int maxDifference = 0;                   ///< 8-bit steps, Geneglass against OpenSlide, where that opens it
  double meanDifference = 0;
};

/// Reads tiles of level 0 in random order, the same on each call. `threads` >= 1.
Result<TileBenchmark> measureTiles(const std::filesystem::path& file, int threads, std::stop_token stop);

}  // namespace geneglass
