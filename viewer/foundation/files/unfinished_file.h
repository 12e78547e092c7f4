// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

/// While it lives, a note in the user's cache says that `file`, which exists, is being written: one that a
/// killed program left is then known from one that is written now, or is another's. Without a cache folder
/// there is no note. Blocks on the disk.
class UnfinishedFile final {
 public:
  explicit UnfinishedFile(const std::filesystem::path& file);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

 private:
  int m_descriptor = -1;  ///< of the note, locked
  std::filesystem::path m_note;
};

/// Removes the files of notes whose programs are gone, wherever they lie; how many. What has taken a file's
/// name since stays. Blocks on the disk. Any thread.
int removeUnfinishedFiles();

}  // namespace geneglass
