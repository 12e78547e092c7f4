// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/prediction/slide_domain.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/progress.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// How the tissue of a slide looks beside that which one model learnt from.
struct ModelFit {
  std::filesystem::path folder;
  std::string name;
  SlideDomain domain;  ///< of a sample of the slide's tiles
};

struct ModelFits {
  std::vector<ModelFit> fits;  ///< the nearest first: those whose tissue it is like, then by share outside
  std::vector<std::string> unknown;  ///< names of models that do not know the tissue they learnt from
  std::vector<Error> refusals;       ///< of models that could not be used, each naming its folder

  const ModelFit* suited() const;  ///< the nearest whose tissue the slide's is like; null for none
};

/// At most so many tiles of a slide are looked at, spread evenly over its tissue; those that show nothing are
/// passed over.
inline constexpr size_t kTilesOfFit = 96;

/// Compares a slide with the tissue that each of `models`, folders of packages, learnt from. Each encoder is
/// loaded and let go again. Blocks: a second or so a model. Errors: unknown mpp, no tissue, a slide that
/// cannot be read, stopped.
Result<ModelFits> compareModels(const OpenedSlide& opened, const TissueMask& tissue,
                                const std::vector<std::filesystem::path>& models, int threads,
                                std::stop_token stop, const OnProgress& progress);

}  // namespace geneglass
