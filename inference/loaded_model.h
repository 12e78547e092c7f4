// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "inference/encoder/loaded_encoder.h"
#include "inference/head/call_head.h"
#include "inference/head/domain_head.h"
#include "inference/head/slide_head.h"
#include "inference/package/model_package.h"

namespace geneglass {

/// What a package predicts with: genes or calls at least.
struct PackageHeads {
  std::shared_ptr<const SlideHead> genes;  ///< whose maps outlive the model
  std::shared_ptr<const SlideHead> folds;  ///< the genes' heads of the training's folds; null: not kept
  std::vector<CallHead> calls;             ///< in the package's order
  std::optional<DomainHead> domain;        ///< none where the package does not know its training tissue
};

/// A package with its encoder and heads, each loaded when it is first needed and kept from then on: once, not
/// once a slide. Shared and constant; any thread.
class LoadedModel final {
 public:
  explicit LoadedModel(std::shared_ptr<const ModelPackage> package);
  explicit LoadedModel(ModelPackage package);

  const ModelPackage& package() const { return m_encoder.package(); }
  const LoadedEncoder& encoder() const { return m_encoder; }

  /// As long as the model lives. Errors: those of loadSlideHead(), loadFoldHeads(), loadCallHead() and
  /// loadDomainHead(); the next call tries again.
  Result<const PackageHeads*> heads() const;

 private:
  const LoadedEncoder m_encoder;
  mutable std::mutex m_mutex;
  mutable std::optional<PackageHeads> m_heads;
};

}  // namespace geneglass
