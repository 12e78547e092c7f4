// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/loaded_model.h"

#include <utility>

namespace geneglass {

static Result<PackageHeads> loadHeads(const ModelPackage& package) {
  PackageHeads heads;
  if (package.domain) {
    Result<DomainHead> domain = loadDomainHead(package);
    if (!domain) return tl::unexpected(domain.error());
    heads.domain = std::move(*domain);
  }
  for (size_t index = 0; index < package.calls.size(); ++index) {
    Result<CallHead> call = loadCallHead(package, index);
    if (!call) return tl::unexpected(call.error());
    heads.calls.push_back(std::move(*call));
  }
  if (!package.calls.empty() && package.genes.empty()) return heads;
  Result<SlideHead> genes = loadSlideHead(package);
  if (!genes) return tl::unexpected(genes.error());
  heads.genes = std::make_shared<const SlideHead>(std::move(*genes));
  if (package.foldModels == 0) return heads;
  Result<SlideHead> folds = loadFoldHeads(package);
  if (!folds) return tl::unexpected(folds.error());
  heads.folds = std::make_shared<const SlideHead>(std::move(*folds));
  return heads;
}

LoadedModel::LoadedModel(std::shared_ptr<const ModelPackage> package) : m_encoder(std::move(package)) {}

LoadedModel::LoadedModel(ModelPackage package)
    : LoadedModel(std::make_shared<const ModelPackage>(std::move(package))) {}

Result<const PackageHeads*> LoadedModel::heads() const {
  const std::scoped_lock lock(m_mutex);
  if (!m_heads) {
    Result<PackageHeads> loaded = loadHeads(package());
    if (!loaded) return tl::unexpected(loaded.error());
    m_heads.emplace(std::move(*loaded));
  }
  return &*m_heads;
}

}  // namespace geneglass
