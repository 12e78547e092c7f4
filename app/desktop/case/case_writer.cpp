// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "viewer/foundation/exception_reason.h"

namespace geneglass {
namespace {

/// The newer ones after the older.
CaseChanges joined(CaseChanges older, CaseChanges newer) {
  older.steps.insert(older.steps.end(), std::make_move_iterator(newer.steps.begin()),
                     std::make_move_iterator(newer.steps.end()));
  older.head = newer.head;
  for (auto& [key, value] : newer.entries) older.entries[key] = std::move(value);
  return older;
}

}  // namespace

CaseWriter::CaseWriter(CasePlace place, CaseContent beginning, CaseReports reports, size_t stepsKept)
    : m_place(std::move(place)),
      m_reports(std::move(reports)),
      m_stepsKept(stepsKept),
      m_content(std::move(beginning)),
      m_thread([this](std::stop_token stop) { work(stop); }) {}

CaseWriter::~CaseWriter() {
  m_thread.request_stop();
}

uint64_t CaseWriter::add(const CaseChanges& changes) {
  const std::lock_guard lock(m_mutex);
  m_isWorthWriting |= m_wasOpen || !changes.steps.empty() || changes.head != m_content.head;
  m_content.add(changes);
  if (!m_hasUnwritten) m_due = std::max(m_due, Clock::now() + kDelay);
  m_unwritten = joined(std::move(m_unwritten), changes);
  m_hasUnwritten = true;
  m_wake.notify_one();
  return m_isWorthWriting ? ++m_added : 0;
}

void CaseWriter::saveAs(const std::filesystem::path& file) {
  const std::lock_guard lock(m_mutex);
  m_wanted = file;
  m_wake.notify_one();
}

std::filesystem::path CaseWriter::target() const {
  const std::lock_guard lock(m_mutex);
  return m_target;
}

void CaseWriter::work(std::stop_token stop) {
  find();
  std::unique_lock lock(m_mutex);
  while (true) {
    m_wake.wait(lock, stop, [this] { return mustWrite() || !m_wanted.empty(); });
    m_wake.wait_until(lock, stop, m_due, [this] { return !m_wanted.empty(); });
    if (m_wanted.empty() && !mustWrite()) break;
    workOnce(lock);
    if (stop.stop_requested() && m_isRefused) break;
  }
  lock.unlock();
  end();
}

/// Nobody waits any more. What could not be written where it belongs is kept in the user's own folder.
void CaseWriter::end() {
  try {
    if (mustWrite()) (void)make(freeName(m_place.elsewhere), m_content);
    if (m_file) (void)m_file->foldOldSteps();
  } catch (const std::exception&) {
    // There is no memory for it, and nobody to be told.
  }
}

void CaseWriter::find() {
  FoundCase found;
  AnnotationSetPtr annotations;
  try {
    const SlideIdentity slide = m_content.slide;
    found = findCase(m_place, slide, m_stepsKept);
    if (found.content) annotations = annotationsAt(*found.content);
  } catch (const std::exception& error) {
    found = {freeName(m_place.elsewhere),
             {},
             {},
             fmt::format("Cannot open the case '{}': {}.", m_place.file.string(), reasonOf(error))};
  }
  {
    const std::lock_guard lock(m_mutex);
    m_target = found.target;
    m_file = std::move(found.file);
    m_wasOpen = m_file != nullptr;
    m_lastWritten = m_lastTried = m_file ? m_file->lastStep() : 0;
    if (found.content) m_content = *found.content;
  }
  if (!found.remark.empty()) m_reports.said(found.remark);
  m_reports.found(std::move(found.content), std::move(annotations));
}

/// One write of what has gathered, with the lock open while it lasts.
void CaseWriter::workOnce(std::unique_lock<std::mutex>& lock) {
  CaseChanges changes = std::exchange(m_unwritten, {{}, m_content.head, {}});
  const bool hadChanges = std::exchange(m_hasUnwritten, false);
  const std::filesystem::path wanted = std::exchange(m_wanted, {});
  const uint64_t number = m_added;
  CaseContent whole;
  if (!m_file || !wanted.empty()) whole = m_content;
  lock.unlock();
  Result<void> written;
  try {
    written = wanted.empty() ? write(changes, whole) : moveTo(wanted, whole);
  } catch (const std::exception& error) {
    m_file.reset();
    written = fail(fmt::format("Cannot save the case '{}': {}.", target().string(), reasonOf(error)));
  }
  if (written)
    m_reports.saved(number);
  else if (!m_isRefused || !wanted.empty())
    m_reports.refused(written.error().sentence);
  m_isRefused = !written;
  lock.lock();
  if (written) return;
  m_unwritten = joined(std::move(changes), std::move(m_unwritten));
  m_hasUnwritten |= hadChanges;
  m_due = Clock::now() + kRetry;
}

Result<void> CaseWriter::write(const CaseChanges& changes, const CaseContent& whole) {
  for (const CaseStep& step : changes.steps) m_lastTried = std::max(m_lastTried, step.number);
  Result<void> written = m_file ? m_file->write(changes) : writeAnew(changes, whole);
  if (written)
    m_lastWritten = m_file->lastStep();
  else
    m_file.reset();
  return written;
}

/// Where no file is open: the first time, or after something went wrong.
Result<void> CaseWriter::writeAnew(const CaseChanges& changes, const CaseContent& whole) {
  const std::filesystem::path file = target();
  if (m_wasOpen && isTaken(file)) {
    const auto reopened = reopen();
    if (!reopened) return reopened;
    if (m_file) return m_file->write(changes);
    return make(freeName(m_place.elsewhere), whole);
  }
  if (isTaken(file)) return make(freeName(m_place.elsewhere), whole);
  const auto made = make(file, whole);
  if (made || m_wasOpen || file != m_place.file) return made;
  return make(freeName(m_place.elsewhere), whole) ? Result<void>() : made;
}

/// Leaves m_file null where another program went on with the file meanwhile.
Result<void> CaseWriter::reopen() {
  auto opened = CaseFile::open(target(), m_stepsKept);
  if (!opened) return tl::unexpected(opened.error());
  if (!opened->file) return fail(fmt::format("The case '{}' can only be read now.", target().string()));
  const int64_t last = opened->file->lastStep();
  if (last == m_lastWritten || last == m_lastTried) m_file = std::move(opened->file);
  return {};
}

Result<void> CaseWriter::make(const std::filesystem::path& file, const CaseContent& whole) {
  std::error_code ignored;
  if (file.parent_path() == m_place.elsewhere.parent_path())
    std::filesystem::create_directories(file.parent_path(), ignored);
  auto made = CaseFile::create(file, whole, m_stepsKept);
  if (!made) return tl::unexpected(made.error());
  m_file = std::move(*made);
  const std::lock_guard lock(m_mutex);
  m_wasOpen = true;
  if (std::exchange(m_target, file) != file)
    m_reports.said(fmt::format("The case is kept in '{}', since '{}' cannot be written.", file.string(),
                               m_place.file.string()));
  return {};
}

/// Not at a PartPlace: on a share SQLite's own locks would be refused where that one's lock lies.
Result<void> CaseWriter::moveTo(const std::filesystem::path& file, const CaseContent& whole) {
  const std::filesystem::path part = file.string() + ".part";
  std::error_code error;
  std::filesystem::remove(part, error);
  if (const auto made = CaseFile::create(part, whole, m_stepsKept); !made)
    return tl::unexpected(made.error());
  std::filesystem::rename(part, file, error);
  if (error) return fail(fmt::format("Cannot save the case '{}': {}.", file.string(), error.message()));
  auto opened = CaseFile::open(file, m_stepsKept);
  if (!opened) return tl::unexpected(opened.error());
  m_file = std::move(opened->file);
  m_lastWritten = m_lastTried = m_file ? m_file->lastStep() : 0;
  const std::lock_guard lock(m_mutex);
  m_wasOpen = true;
  m_target = file;
  return {};
}

}  // namespace geneglass
