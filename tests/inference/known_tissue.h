// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <utility>

#include "inference/package/feature_domain.h"
#include "inference/package/model_package.h"

namespace geneglass::testing {

/// Within such limits any tile lies, and none.
inline constexpr float kAnyTissue = 1e30F, kNoTissue = 1e-9F;

/// The package with tissue that it learnt from: features about 0, a tile at the distance |x|^2 / `limit`.
inline ModelPackage knowingTissue(ModelPackage package, float limit) {
  const size_t width = featuresATile(package);
  FeatureDomain domain;
  domain.mean.assign(width, 0);
  for (size_t row = 0; row < width; ++row)
    for (size_t column = 0; column <= row; ++column) domain.whitening.push_back(row == column ? 1.0F : 0.0F);
  domain.limit = limit;
  domain.heldOutShares.assign(24, 0.01F);
  domain.tiles = 100;
  if (!writeDomain(package.folder / kDomainFile, domain)) qFatal("domain.h5");
  package.domain = domain.facts();
  const Result<ModelPackage> written = writeManifest(std::move(package));
  if (!written) qFatal("%s", written.error().sentence.c_str());
  return *written;
}

}  // namespace geneglass::testing
