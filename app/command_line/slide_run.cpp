// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/slide_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

#include "app/progress_line.h"
#include "app/run/slide_claim.h"
#include "generated/version.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLookAgain{300};  ///< whether another run is done with a slide

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

void waitFor(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, time, [] { return false; });
}

/// In the folder of the results by its name alone: results may be moved with it.
SlideRecord::File fileOf(const fs::path& folder, const std::string& what, const fs::path& file) {
  std::error_code error;
  const bool isThere = fs::equivalent(file.parent_path(), folder, error);
  const uintmax_t bytes = fs::file_size(file, error);
  return {what, isThere ? file.filename().string() : fs::absolute(file).string(), error ? 0 : bytes};
}

std::string fileOfPart(std::string part) {
  if (const size_t slash = part.find('/'); slash != std::string::npos) part.replace(slash, 1, "-of-");
  return part.empty() ? part : '-' + part;
}

/// The same on every machine that sees the file.
std::string textOf(const std::optional<FileStamp>& stamp) {
  return stamp ? fmt::format("{} {}", stamp->size, stamp->modified) : "";
}

/// A record of an attempt that nobody ended tells of a process that was killed, or a machine that fell.
void beginAttempt(SlideRecord& record) {
  if (record.state == "running" && record.attempts > 0)
    record.failures.push_back({record.attempts, record.begun, "The process ended without a word."});
  ++record.attempts;
  record.state = "running";
  record.begun = timeNow();
  record.ended.clear();
  record.host = hostName();
  record.process = ::getpid();
  record.version = GENEGLASS_VERSION;
  record.files.clear();
  record.stepSeconds.clear();
  record.seconds = 0;
}

}  // namespace

SlideRun::SlideRun(const EachSlideOptions& options, const SlideWork& work, std::stop_token stop)
    : m_options(options),
      m_work(work),
      m_stop(std::move(stop)),
      m_records(fs::path(options.folder) / "run" / work.command),
      m_events(options.progressAsLines) {
  m_report.command = work.command;
  m_report.model =
      fmt::format("{} {}, {}", work.package.name, work.package.version, work.package.hash.substr(0, 16));
  m_report.manifest = options.manifest;
  m_report.part = options.part;
  m_report.begun = timeNow();
}

Result<SlidesOutcome> SlideRun::all(const std::vector<SlideJob>& jobs) {
  const auto begin = Clock::now();
  std::error_code error;
  fs::create_directories(m_records, error);
  if (error)
    return fail(fmt::format("Cannot make the folder '{}': {}.", m_records.string(), error.message()));
  m_events.run(jobs.size(), m_options.part);
  const Result<void> gone = goThrough(jobs);
  std::set<std::string> tried;
  for (const RunReport::Row& row : m_report.rows) tried.insert(row.record.name);
  for (const SlideJob& job : jobs)
    if (!tried.contains(job.name))
      m_report.rows.push_back({{.name = job.name, .slide = job.file}, "not tried"});
  m_report.ended = timeNow();
  m_report.seconds = secondsSince(begin);
  const Result<void> written = writeRunReport(m_records.string() + fileOfPart(m_options.part), m_report);
  m_events.end(m_report.count("made"), m_report.count("was there"), m_report.count("failed"));
  if (!gone) return tl::unexpected(gone.error());
  if (!written) return tl::unexpected(written.error());
  return std::move(m_outcome);
}

/// Those that were begun and not ended come last: one that kills its process would keep the others from ever
/// being done, and another run may be at it. Those that another run has are looked at again until it is done
/// with them, or dead.
Result<void> SlideRun::goThrough(const std::vector<SlideJob>& jobs) {
  std::vector<SlideJob> pending = jobs;
  std::stable_partition(pending.begin(), pending.end(), [&](const SlideJob& job) {
    const std::optional<SlideRecord> record = readRecord(recordFile(job.name));
    return !record || record->state != "running";
  });
  while (!pending.empty()) {
    std::vector<SlideJob> held;
    for (const SlideJob& job : pending) {
      if (m_stop.stop_requested()) return fail("The command was stopped; what was finished is kept.");
      if (!tryOne(job)) held.push_back(job);
    }
    if (held.size() == pending.size()) waitFor(kLookAgain, m_stop);
    pending = std::move(held);
  }
  return {};
}

/// False where another run has it.
bool SlideRun::tryOne(const SlideJob& job) {
  SlideRecord fresh{.name = job.name, .slide = fs::absolute(job.file).string()};
  const Result<SlideClaim::Taken> taken =
      SlideClaim::take(SlideClaim::placeOf(m_options.folder, job.name, m_work.command));
  if (!taken) {
    finish(job, fresh, tl::unexpected(taken.error()), false);
    return true;
  }
  if (!taken->claim) {
    if (!m_waitedFor.insert(job.name).second) return false;
    m_events.slide(job.name, "waiting", taken->holder);
    if (!m_options.json) fmt::print("{}: {} works on it, so it waits\n", job.name, taken->holder);
    std::fflush(stdout);
    return false;
  }
  SlideRecord record = readRecord(recordFile(job.name)).value_or(fresh);
  record.slide = fresh.slide;
  workOnClaimed(job, record);
  return true;
}

void SlideRun::workOnClaimed(const SlideJob& job, SlideRecord& record) {
  const std::string asked = sha256(fmt::format("{} {}\nmpp {}", m_work.package.hash, m_work.asked,
                                               job.mpp ? fmt::format("{}", *job.mpp) : "of the file"));
  const auto begin = Clock::now();
  bool wasThere = false, hasBegun = false;
  if (!record.stamp.empty() && record.stamp == textOf(stampOf(job.file)) &&
      record.isWhole(m_options.folder, record.hash, asked))
    return finish(job, record, doneBefore(job, record), true);
  const auto start = [&](const std::string& hash, const std::optional<FileStamp>& stamp) {
    beginAttempt(record);
    record.hash = hash;
    record.stamp = textOf(stamp);
    record.asked = asked;
    hasBegun = true;
    m_events.slide(job.name, "begun");
    return writeRecord(recordFile(job.name), record);
  };
  Result<SlideDone> done = workOn(job, m_probe, [&](const OpenedSlide& opened) -> Result<SlideDone> {
    if (record.isWhole(m_options.folder, opened.slide->hash, asked)) {
      wasThere = true;
      return doneBefore(job, record);
    }
    if (const Result<void> written = start(opened.slide->hash, opened.stamp); !written)
      return tl::unexpected(written.error());
    return m_work.work({opened, job, m_events.progressOf(job.name), true, m_stop});
  });
  endProgressLine();
  if (!hasBegun && !wasThere)  // it could not be opened
    if (const Result<void> written = start("", {}); !written) done = tl::unexpected(written.error());
  if (!wasThere) record.seconds = secondsSince(begin);
  finish(job, record, std::move(done), wasThere);
}

/// What the record says.
SlideDone SlideRun::doneBefore(const SlideJob& job, const SlideRecord& record) const {
  const auto place = [&](const SlideRecord::File& file) {
    return (fs::path(m_options.folder) / file.name).string();
  };
  SlideDone done{job.file, place(record.files.front()), place(record.files.front()) + ": is there already"};
  for (const SlideRecord::File& file : record.files)
    if (&file != &record.files.front()) done.others.emplace_back(file.what, place(file));
  return done;
}

void SlideRun::finish(const SlideJob& job, SlideRecord& record, Result<SlideDone> done, bool wasThere) {
  std::string outcome = wasThere ? "was there" : "made";
  if (done && !wasThere) {
    record.state = "done";
    record.stepSeconds = done->steps;
    record.files.push_back(fileOf(m_options.folder, "result", done->result));
    for (const auto& [what, file] : done->others)
      record.files.push_back(fileOf(m_options.folder, what, file));
  } else if (!done) {
    const bool isStopped = m_stop.stop_requested();
    outcome = record.state = isStopped ? "stopped" : "failed";
    if (!isStopped) record.failures.push_back({record.attempts, timeNow(), done.error().sentence});
  }
  if (!wasThere) {
    record.ended = timeNow();
    const Result<void> written = writeRecord(recordFile(job.name), record);
    if (!written && done) {
      done = tl::unexpected(written.error());
      outcome = "failed";
    }
  }
  m_events.slide(job.name, outcome, done ? "" : done.error().sentence);
  m_report.rows.push_back({record, outcome});
  if (!done) {
    m_outcome.failed.push_back({job.file, done.error().sentence});
    return;
  }
  if (!m_options.json) fmt::print("{}\n", done->line);
  std::fflush(stdout);
  m_outcome.done.push_back(std::move(*done));
}

}  // namespace geneglass
