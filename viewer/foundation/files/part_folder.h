// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "viewer/foundation/files/part_place.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A folder that appears only when it is whole: it grows as FOLDER.partial, which finish() renames. While
/// this lives nobody else begins a folder of that name, in this process or another: FOLDER.1.part, locked,
/// says so. What a killed program left at FOLDER.partial is removed first. One thread at a time; blocks on
/// the disk.
class PartFolder final {
 public:
  /// Makes the folders above it. Errors: FOLDER is there already; another writer makes it now; it cannot be
  /// made.
  static Result<PartFolder> begin(const std::filesystem::path& folder);
  PartFolder(PartFolder&&) noexcept = default;
  PartFolder& operator=(PartFolder&&) = delete;
  ~PartFolder();  ///< removes what was not finished

  /// FOLDER.partial, made at the first call. Error: it cannot be.
  Result<std::filesystem::path> path();
  const std::filesystem::path& folder() const { return m_folder; }
  Result<void> finish();  ///< once, after path()

 private:
  PartFolder(std::filesystem::path folder, std::unique_ptr<PartPlace> claim);
  /// Not so where, on a disk without locks, another took the place of one that was silent for long.
  bool isMine() const;

  std::filesystem::path m_folder;  ///< without a slash at its end
  std::unique_ptr<PartPlace> m_claim;
  bool m_isMade = false;
};

/// Whether a folder may be written there: nothing is yet.
Result<void> checkFree(const std::filesystem::path& folder);

}  // namespace geneglass
