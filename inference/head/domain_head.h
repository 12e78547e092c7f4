// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/package/model_package.h"
#include "inference/prediction/slide_domain.h"
#include "viewer/foundation/matrix.h"

namespace geneglass {

/// Says how far tiles and slides lie from the tissue a model learnt from. Copies share their numbers;
/// constant: any thread.
class DomainHead final {
 public:
  explicit DomainHead(FeatureDomain domain);

  size_t features() const;  ///< D

  /// N x D -> N: each tile's squared Mahalanobis distance over the limit; a row's outcome does not depend on
  /// the others. Errors: another width than D.
  Result<std::vector<float>> distances(const Matrix& features) const;

  /// Of all tiles of a slide, one at least.
  Result<SlideDomain> judge(const Matrix& features) const;

 private:
  struct Parts;
  std::shared_ptr<const Parts> m_parts;
};

/// The one of the package, which has one. Errors are those of readDomain().
Result<DomainHead> loadDomainHead(const ModelPackage& package);

}  // namespace geneglass
