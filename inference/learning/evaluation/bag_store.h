// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "inference/features/feature_bag.h"
#include "inference/learning/cohort/cohort.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// A folder of feature bags, one a slide and encoder: what is there is not computed again.
class BagStore final {
 public:
  /// `package` gives the encoder and the tissue rule; both outlive the store.
  BagStore(std::filesystem::path folder, const ModelPackage& package, int threads);

  /// The slide's bag, read from the folder or extracted and kept there. A damaged bag is made anew. What ends
  /// in .h5 is a bag itself, from wherever, and taken as it is; error: of another encoder or width.
  Result<FeatureBag> bagOf(const std::filesystem::path& slide, std::stop_token stop) const;

  /// Features of each case, all of its slides together, in the cohort's order.
  Result<std::vector<Matrix>> bagsOf(const Cohort& cohort, std::stop_token stop,
                                     const OnProgress& progress) const;

 private:
  Result<FeatureBag> givenBag(const std::filesystem::path& file) const;
  std::filesystem::path m_folder;
  const ModelPackage& m_package;
  int m_threads;
};

}  // namespace geneglass
