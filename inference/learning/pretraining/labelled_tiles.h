// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

#include "inference/synthetic/planted_expression.h"
#include "viewer/foundation/progress.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Tiles of synthetic slides, in memory, with what they show.
struct LabelledTiles {
  int side = 0;                              ///< pixels
  std::vector<std::vector<uint8_t>> pixels;  ///< RGB, row by row
  std::vector<ClassFractions> fractions;
  std::vector<int> slide;  ///< which slide each came from, 0 .. slides - 1
  int slides = 0;
};

/// How tiles are cut.
struct TileRule {
  int side = 224;
  double mpp = 1.0;
  double minimumTissue = 0.7;
};

/// Reads every tile with tissue of every slide that has a NAME.truth.h5 beside it in the folders made by
/// `synth`. Errors: a folder without such a slide, a file that cannot be read, cancelled.
Result<LabelledTiles> readLabelledTiles(std::span<const std::filesystem::path> folders, const TileRule& rule,
                                        int threads, std::stop_token stop, const OnProgress& progress);

}  // namespace geneglass
