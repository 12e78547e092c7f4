// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "inference/package/model_package.h"
#include "viewer/foundation/files/part_folder.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// A model package in the making, in a PartFolder: what takes long and ends in a package begins with this, so
/// that a second call into the same folder is refused at once.
class PackageWriter final {
 public:
  /// Errors: those of PartFolder::begin().
  static Result<PackageWriter> begin(const std::filesystem::path& folder);

  Result<void> addTensors(const std::string& name, const TensorFile& tensors);
  Result<void> addDomain(const std::optional<FeatureDomain>& domain);  ///< kDomainFile; nothing of none
  Result<void> addText(const std::string& name, const std::string& text);
  Result<void> addCopy(const std::filesystem::path& file, const std::string& name = {});  ///< else its own

  /// Where another file of the package is to be written.
  Result<std::filesystem::path> place(const std::string& name);

  /// Writes the manifest and moves the folder to its place. `package.folder` and the hashes are filled.
  Result<ModelPackage> finish(ModelPackage package);

 private:
  explicit PackageWriter(PartFolder folder) : m_folder(std::move(folder)) {}
  PartFolder m_folder;
};

}  // namespace geneglass
