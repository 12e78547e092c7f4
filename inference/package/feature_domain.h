// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What a package says of the tissue it learnt from; the rest is in its file.
struct DomainFacts {
  int slides = 0;  ///< held out in turn, that a slide is compared with
  int tiles = 0;   ///< whose features were described
};

/// Where the features of the training tiles lie (methods.md section 8): a tile's squared Mahalanobis distance
/// is |W (x - mean)|^2.
struct FeatureDomain {
  std::vector<float> mean;       ///< D
  std::vector<float> whitening;  ///< W, lower triangular, row by row, row i having i + 1 numbers
  float limit = 0;               ///< 99 % of the tiles of held-out slides lie within this squared distance
  std::vector<float> heldOutShares;  ///< a held-out slide: the share of its tiles beyond the limit; rising
  int tiles = 0;

  DomainFacts facts() const { return {static_cast<int>(heldOutShares.size()), tiles}; }
};

/// The file in a package's folder that holds it: tensors `mean` D, `whitening` D (D + 1) / 2, `limit` 1,
/// `heldout_shares` n, `tiles` 1.
inline constexpr const char* kDomainFile = "domain.h5";

Result<void> writeDomain(const std::filesystem::path& file, const FeatureDomain& domain);

/// Of `width` features a tile, 0: of whatever it holds. Errors name the file: a tensor that is missing or of
/// another shape, a number that cannot be.
Result<FeatureDomain> readDomain(const std::filesystem::path& file, int width);

}  // namespace geneglass
