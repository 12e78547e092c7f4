// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "inference/package/model_package.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// A model package in the making: files are gathered in FOLDER.partial, and the folder appears whole in
/// finish(). What was not finished is removed by the destructor.
class PackageWriter final {
 public:
  /// Errors: the folder exists already, or cannot be made.
  static Result<PackageWriter> begin(const std::filesystem::path& folder);
  PackageWriter(PackageWriter&& other) noexcept;
  PackageWriter& operator=(PackageWriter&&) = delete;
  ~PackageWriter();

  Result<void> addTensors(const std::string& name, const TensorFile& tensors);
  Result<void> addDomain(const std::optional<FeatureDomain>& domain);  ///< kDomainFile; nothing of none
  Result<void> addText(const std::string& name, const std::string& text);
  Result<void> addCopy(const std::filesystem::path& file, const std::string& name = {});  ///< else its own

  /// Where another file of the package is to be written.
  std::filesystem::path place(const std::string& name) const { return m_partial / name; }

  /// Writes the manifest and moves the folder to its place. `package.folder` and the hashes are filled.
  Result<ModelPackage> finish(ModelPackage package);

 private:
  PackageWriter(std::filesystem::path folder, std::filesystem::path partial);
  std::filesystem::path m_folder;
  std::filesystem::path m_partial;  ///< empty once finished or moved from
};

/// Whether a package may be written there: nothing is yet.
Result<void> checkFree(const std::filesystem::path& folder);

}  // namespace geneglass
