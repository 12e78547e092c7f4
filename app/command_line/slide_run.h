// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>

#include "app/command_line/slide_work.h"
#include "app/run/run_events.h"
#include "app/run/run_report.h"

namespace geneglass {

/// A run over a manifest's slides, beside which others may work into the same folder. One thread.
class SlideRun final {
 public:
  /// All outlive it.
  SlideRun(const EachSlideOptions& options, const SlideWork& work, std::stop_token stop);

  /// Errors: see eachSlide().
  Result<SlidesOutcome> all(const std::vector<SlideJob>& jobs);

 private:
  Result<void> goThrough(const std::vector<SlideJob>& jobs);
  bool tryOne(const SlideJob& job);
  void workOnClaimed(const SlideJob& job, SlideRecord& record);
  SlideDone doneBefore(const SlideJob& job, const SlideRecord& record) const;
  void finish(const SlideJob& job, SlideRecord& record, Result<SlideDone> done, bool wasThere);
  std::filesystem::path recordFile(const std::string& name) const { return m_records / (name + ".json"); }

  const EachSlideOptions& m_options;
  const SlideWork& m_work;
  const std::stop_token m_stop;
  const std::filesystem::path m_records;
  const RunEvents m_events;
  SlideProbe m_probe;
  SlidesOutcome m_outcome;
  RunReport m_report;
  std::set<std::string> m_waitedFor;  ///< names
};

}  // namespace geneglass
