// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>

#include "inference/package/model_package.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

struct PrecisionOptions {
  int tilesASlide = 32;    ///< of every slide, evenly over its tissue, to choose the sizes of int8 by
  int checkedSlides = 24;  ///< at most; all tiles of each are computed in both precisions
  int threads = 0;         ///< 0 = all
};

/// Chooses int8 sizes for the package's encoder on tiles of the slides, then compares what its heads say of
/// tiles and slides, P(tumour) included, with float32. Where there are several slides, those with an even
/// number choose and the others judge. Does not write. Errors: a package without heads, or whose encoder is
/// not built in; a slide that cannot be read; a processor without the instructions; cancelled.
Result<Int8Facts> measureInt8(const ModelPackage& package, std::span<const std::filesystem::path> slides,
                              const PrecisionOptions& options, std::stop_token stop,
                              const OnProgress& progress);

/// The same comparison for the bfloat16 of a transformer, which has nothing to choose: all slides judge, two
/// at least. Errors likewise.
Result<Agreement> measureBfloat16(const ModelPackage& package, std::span<const std::filesystem::path> slides,
                                  const PrecisionOptions& options, std::stop_token stop,
                                  const OnProgress& progress);

}  // namespace geneglass
