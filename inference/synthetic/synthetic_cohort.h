// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/progress.h"
#include "viewer/foundation/result.h"

namespace geneglass {

struct SyntheticCohortOptions {
  int slides = 0;         ///< at least 1, of a patient each; matched normal slides come on top
  uint64_t seed = 1;      ///< of the cohort; each slide has its own, drawn from it
  Size size{6144, 6144};  ///< of each slide, level-0 pixels at 0.5 um; 256 to 100,000 a side
  double normal = 0;      ///< 0 to 1: part of the patients of whom there is a matched normal slide
  double stainShift = 0;  ///< 0 to 3: how far the staining is from the usual (see drawStain)
  int threads = 0;        ///< 0: one a processor
};

/// Writes `folder`/cohort.csv (all cases `train`), truth.json (how expression follows tissue) and for each
/// slide NAME.tif, NAME.classes.png and NAME.truth.h5 (see SyntheticTruth). With `normal`, every slide of
/// cohort.csv holds tumour, NAME-normal.tif is the matched normal slide of the first patients, and
/// diagnosis.csv (slide,case,split,tumour) has both. Slides that are finished already,
/// of the same seed, size, stain and kind, are kept, so a stopped call can be made again. The same options
/// give the same bytes with any number of threads. Memory does not grow with the size of a slide. Blocks
/// until done.
Result<void> writeSyntheticCohort(const std::filesystem::path& folder, const SyntheticCohortOptions& options,
                                  std::stop_token stop = {}, const OnProgress& onProgress = {});

}  // namespace geneglass
