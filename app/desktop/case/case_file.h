// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "app/desktop/case/case_content.h"
#include "app/desktop/case/database.h"
#include "viewer/slide/file_stamp.h"

namespace geneglass {

struct OpenedCase;

/// A case on the disk, NAME.geneglass: an SQLite file with a rollback journal, so that after each write the
/// file alone is whole; a write-ahead log beside it would be lost in a copy, and fails on shares. Each write
/// is one transaction: killed or full, the file is as before it. Locked for as long as it is open; the lock
/// of a program that died is gone with it. Errors are sentences that name the file. Blocks on the disk. Any
/// thread, one at a time.
class CaseFile final {
 public:
  static constexpr size_t kStepsKept = 1000;  ///< of undo, at least, when old ones are folded

  /// Reads all of it, and keeps it open where file and folder can be written; one of an older version is
  /// brought up to date then, and kept as it was beside it. Refused and left as it is: a damaged one, another
  /// program's, a newer version's, one that is open elsewhere.
  static Result<OpenedCase> open(const std::filesystem::path& file, size_t stepsKept = kStepsKept);

  /// Reads all of it, whatever its version; the file stays as it is, and nobody is kept from it afterwards.
  static Result<CaseContent> read(const std::filesystem::path& file);

  /// A new file with this content; refused where there is a file that is not empty.
  static Result<std::unique_ptr<CaseFile>> create(const std::filesystem::path& file,
                                                  const CaseContent& content, size_t stepsKept = kStepsKept);

  /// Appends; steps that it has already are passed over. Where the file lies no longer in its place, that is
  /// an error.
  Result<void> write(const CaseChanges& changes);

  /// Where there are more than twice the steps that are kept: folds the old ones into the base, and drops
  /// what was undone and forgotten. Takes as long as writing all annotations: at the end, when nobody waits.
  Result<void> foldOldSteps();

  const std::filesystem::path& path() const { return m_path; }
  int64_t lastStep() const { return m_lastStep; }  ///< number of the newest step; 0 for none

 private:
  CaseFile(std::filesystem::path path, Database database, size_t stepsKept);
  Result<void> lookAround();
  bool isInPlace() const;

  std::filesystem::path m_path;
  Database m_database;
  FileStamp m_stamp;
  size_t m_stepsKept;
  int64_t m_steps = 0;  ///< in the file, the forgotten ones too
  int64_t m_lastStep = 0;
};

struct OpenedCase {
  std::unique_ptr<CaseFile> file;  ///< null where it can only be read
  CaseContent content;
  std::string remark = {};  ///< for the user: what became of an older version; empty for nothing
};

/// Whether this process may change the file (where it is one) and make others beside it.
bool canWrite(const std::filesystem::path& file);

}  // namespace geneglass
