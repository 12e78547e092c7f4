// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "viewer/foundation/files/unfinished_file.h"

namespace geneglass {

/// Where a file grows until it is whole: a new, empty file beside it, FILE.1.part, or of the next number
/// where another writer of FILE has that one, in this process or another. It is locked while this lives, and
/// removed with it unless it became FILE. What killed programs left at these places is removed first, and of
/// other files what removeUnfinishedFiles() finds. On a disk without locks what was not changed for kSilence
/// counts as left. One thread; blocks on the disk.
class PartPlace final {
 public:
  static constexpr int kMost = 8;  ///< writers of one file at once
  static constexpr std::chrono::minutes kSilence{15};

  /// See reason(). With `most` of 1 the one who writes FILE has it alone.
  explicit PartPlace(const std::filesystem::path& file, int most = kMost);
  ~PartPlace();
  PartPlace(const PartPlace&) = delete;
  PartPlace& operator=(const PartPlace&) = delete;

  const std::filesystem::path& path() const { return m_part; }  ///< empty where there is none
  int descriptor() const { return m_descriptor; }               ///< to read and write; this object's
  int reason() const { return m_reason; }  ///< errno of why there is none; EBUSY: `most` have theirs

  /// Renames it to FILE, in whose place it then is at once and whole. 0, or errno of this or of what a share
  /// tells only at the end; then it is removed. Once.
  int becomeFile();
  void giveUp();  ///< removes it now

 private:
  PartPlace() = default;
  bool tryToTake(const std::filesystem::path& part);

  std::filesystem::path m_file, m_part;
  int m_descriptor = -1;
  int m_reason = 0;
  std::optional<UnfinishedFile> m_note;
};

}  // namespace geneglass
