// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "app/desktop/case/case_place.h"

namespace geneglass {

/// What a CaseWriter tells, on its thread.
struct CaseReports {
  /// Once, at first: what was found, or nothing; its annotations at its head.
  std::function<void(std::optional<CaseContent> content, AnnotationSetPtr annotations)> found;
  std::function<void(uint64_t number)> saved;                ///< all changes up to this add()
  std::function<void(const std::string& sentence)> refused;  ///< once, until something is saved again
  std::function<void(const std::string& sentence)> said;     ///< where the case is kept, what is not opened
};

/// Finds the case of a slide and keeps it, on a thread of its own: changes are written together kDelay after
/// the first of them; what could not be written is kept and tried again. No file is made before there is a
/// step. The destructor writes what is left, folds old steps and joins: it may wait for the disk. Other
/// calls: any thread.
class CaseWriter final {
 public:
  static constexpr std::chrono::milliseconds kDelay{700};
  static constexpr std::chrono::milliseconds kRetry{2000};

  /// `beginning`: the slide, and what a new case begins with.
  CaseWriter(CasePlace place, CaseContent beginning, CaseReports reports,
             size_t stepsKept = CaseFile::kStepsKept);
  ~CaseWriter();
  CaseWriter(const CaseWriter&) = delete;
  CaseWriter& operator=(const CaseWriter&) = delete;

  /// Not before `found`. Counts from 1 what will be written; 0 while there is only a look and no file.
  uint64_t add(const CaseChanges& changes);
  void saveAs(
      const std::filesystem::path& file);  ///< all of it, over what lies there; kept there from now on
  std::filesystem::path target() const;    ///< where it is kept, or will be

 private:
  using Clock = std::chrono::steady_clock;

  void work(std::stop_token stop);
  void find();
  void end();
  void workOnce(std::unique_lock<std::mutex>& lock);
  bool mustWrite() const { return m_hasUnwritten && m_isWorthWriting; }
  Result<void> write(const CaseChanges& changes, const CaseContent& whole);
  Result<void> writeAnew(const CaseChanges& changes, const CaseContent& whole);
  Result<void> reopen();
  Result<void> make(const std::filesystem::path& file, const CaseContent& whole);
  Result<void> moveTo(const std::filesystem::path& file, const CaseContent& whole);

  const CasePlace m_place;
  const CaseReports m_reports;
  const size_t m_stepsKept;

  mutable std::mutex m_mutex;
  std::condition_variable_any m_wake;
  CaseContent m_content;  ///< as the user sees it
  CaseChanges m_unwritten;
  bool m_hasUnwritten = false;
  bool m_isWorthWriting = false;  ///< there is a file, or a reason for one
  uint64_t m_added = 0;
  Clock::time_point m_due;
  std::filesystem::path m_target;
  std::filesystem::path m_wanted;  ///< of saveAs(); empty for none

  // The thread's own.
  std::unique_ptr<CaseFile> m_file;
  bool m_wasOpen = false;     ///< a file at the target is ours
  int64_t m_lastWritten = 0;  ///< number of the newest step in it, and of one that may be
  int64_t m_lastTried = 0;
  bool m_isRefused = false;

  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
