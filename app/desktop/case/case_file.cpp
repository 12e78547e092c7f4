// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "app/desktop/case/case_rows.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannotOpen(const fs::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot open the case '{}': {}.", file.string(), reason));
}

tl::unexpected<Error> cannotSave(const fs::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot save the case '{}': {}.", file.string(), reason));
}

/// Why the last statement failed, for people.
std::string reasonOf(const Database& database, const Error& error) {
  if (database.isBusy()) return "it is open in another window or program";
  if (database.isDamaged()) return fmt::format("it is damaged and was left as it is ({})", error.sentence);
  return error.sentence;
}

/// Only reads: a file that is refused is never touched.
Result<void> checkMark(const fs::path& file, Database& database) {
  const auto mark = database.number("PRAGMA application_id");
  if (!mark) return cannotOpen(file, reasonOf(database, mark.error()));
  if (*mark != kCaseMark) return cannotOpen(file, "it is not a case of Geneglass");
  const auto version = database.number("PRAGMA user_version");
  if (!version || *version > kCaseVersion)
    return cannotOpen(file, fmt::format("a newer Geneglass wrote it (version {} of the file, this program "
                                        "knows {})",
                                        version.value_or(0), kCaseVersion));
  return {};
}

Result<CaseContent> readChecked(const fs::path& file, Database& database) {
  Query check(database, "PRAGMA quick_check(1)");
  const auto checked = check.step();
  if (!checked) return cannotOpen(file, reasonOf(database, checked.error()));
  if (check.text(0) != "ok")
    return cannotOpen(file, fmt::format("it is damaged and was left as it is ({})", check.text(0)));
  auto content = readRows(database);
  if (!content)
    return cannotOpen(file,
                      fmt::format("it is damaged and was left as it is ({})", content.error().sentence));
  return content;
}

/// Nothing is committed with them: an empty commit would make of a new file a database without tables.
constexpr const char* kAlone =
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY";
constexpr const char* kHold = "BEGIN EXCLUSIVE; COMMIT";

fs::path journalOf(const fs::path& file) {
  return file.string() + "-journal";
}

Result<CaseContent> readWithoutWriting(const fs::path& file) {
  auto database = Database::open(file, Database::Access::Read);
  if (!database) return cannotOpen(file, database.error().sentence);
  if (const auto fine = checkMark(file, *database); !fine) return tl::unexpected(fine.error());
  return readChecked(file, *database);
}

/// A program that was killed while it wrote left a journal, which only somebody who may write can take back:
/// on a copy.
Result<CaseContent> readCopy(const fs::path& file) {
  std::string folder = (fs::temp_directory_path() / "geneglass-case-XXXXXX").string();
  if (!mkdtemp(folder.data())) return cannotOpen(file, "there is no place for a copy of it");
  const fs::path copy = fs::path(folder) / file.filename();
  std::error_code failed, ignored;
  fs::copy_file(file, copy, failed);
  if (!failed) fs::copy_file(journalOf(file), journalOf(copy), failed);
  fs::permissions(copy, fs::perms::owner_write, fs::perm_options::add, ignored);
  fs::permissions(journalOf(copy), fs::perms::owner_write, fs::perm_options::add, ignored);
  Result<CaseContent> content = cannotOpen(file, failed.message());
  if (!failed) {
    if (auto opened = CaseFile::open(copy))
      content = std::move(opened->content);
    else
      content = tl::unexpected(opened.error());
  }
  fs::remove_all(folder, ignored);
  return content;
}

Result<OpenedCase> openToRead(const fs::path& file) {
  auto content = readWithoutWriting(file);
  std::error_code none;
  if (!content && fs::file_size(journalOf(file), none) > 0 && !none) content = readCopy(file);
  if (!content) return tl::unexpected(content.error());
  return OpenedCase{nullptr, std::move(*content)};
}

}  // namespace

bool canWrite(const fs::path& file) {
  const auto may = [](const fs::path& path) {
    return faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
  };
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::error_code ignored;
  return may(folder) && (!fs::exists(file, ignored) || may(file));
}

CaseFile::CaseFile(fs::path path, Database database, size_t stepsKept)
    : m_path(std::move(path)), m_database(std::move(database)), m_stepsKept(stepsKept) {}

Result<OpenedCase> CaseFile::open(const fs::path& file, size_t stepsKept) {
  std::error_code error;
  if (!fs::is_regular_file(file, error))
    return cannotOpen(file, error ? error.message() : "it is not a file");
  if (!canWrite(file)) return openToRead(file);
  auto database = Database::open(file, Database::Access::Write);
  if (!database) return cannotOpen(file, database.error().sentence);
  if (const auto fine = checkMark(file, *database); !fine) return tl::unexpected(fine.error());
  for (const char* statements : {kAlone, kHold})
    if (const auto held = database->run(statements); !held)
      return cannotOpen(file, reasonOf(*database, held.error()));
  auto content = readChecked(file, *database);
  if (!content) return tl::unexpected(content.error());
  std::unique_ptr<CaseFile> opened(new CaseFile(file, std::move(*database), stepsKept));
  if (const auto seen = opened->lookAround(); !seen) return tl::unexpected(seen.error());
  return OpenedCase{std::move(opened), std::move(*content)};
}

Result<std::unique_ptr<CaseFile>> CaseFile::create(const fs::path& file, const CaseContent& content,
                                                   size_t stepsKept) {
  std::error_code ignored;
  if (const fs::path folder = file.parent_path(); !folder.empty() && !fs::is_directory(folder, ignored))
    return cannotSave(file, "there is no such folder");
  auto database = Database::open(file, Database::Access::Create);
  if (!database) return cannotSave(file, database.error().sentence);
  bool isOurs = false;
  Result<void> made = database->run(kAlone);
  if (made)
    made = inOneTransaction(*database, [&]() -> Result<void> {
      const auto tables = database->number("SELECT count(*) FROM sqlite_master");
      if (!tables) return tl::unexpected(tables.error());
      if (*tables > 0) return fail("there is another file of that name already");
      isOurs = true;
      if (const auto tablesMade = makeTables(*database); !tablesMade) return tablesMade;
      return writeRows(*database, content);
    });
  if (!made) {
    const std::string reason = reasonOf(*database, made.error());
    *database = Database();
    if (isOurs && fs::remove(file, ignored)) fs::remove(journalOf(file), ignored);
    return cannotSave(file, reason);
  }
  std::unique_ptr<CaseFile> created(new CaseFile(file, std::move(*database), stepsKept));
  if (const auto seen = created->lookAround(); !seen) return tl::unexpected(seen.error());
  return created;
}

/// What must be known before the first write.
Result<void> CaseFile::lookAround() {
  const auto stamp = stampOf(m_path);
  const auto steps = m_database.number("SELECT count(*) FROM step");
  const auto last = m_database.number("SELECT max(number) FROM step");
  if (!stamp || !steps || !last) return cannotOpen(m_path, "it is no longer there");
  m_stamp = *stamp;
  m_steps = *steps;
  m_lastStep = *last;
  return {};
}

bool CaseFile::isInPlace() const {
  const auto stamp = stampOf(m_path);
  return stamp && stamp->device == m_stamp.device && stamp->inode == m_stamp.inode;
}

Result<void> CaseFile::write(const CaseChanges& changes) {
  if (!isInPlace()) return cannotSave(m_path, "it is no longer in its place");
  std::string reason;
  const auto written = inOneTransaction(m_database, [&] {
    auto appended = appendRows(m_database, changes, m_lastStep);
    if (!appended) reason = reasonOf(m_database, appended.error());
    return appended;
  });
  if (!written) return cannotSave(m_path, reason.empty() ? written.error().sentence : reason);
  if (!isInPlace()) return cannotSave(m_path, "it is no longer in its place");
  for (const CaseStep& step : changes.steps) {
    m_steps += step.number > m_lastStep;
    m_lastStep = std::max(m_lastStep, step.number);
  }
  return {};
}

/// Leaves the last steps before the head, and those that can be done again.
Result<void> CaseFile::foldOldSteps() {
  if (m_steps <= 2 * int64_t(m_stepsKept)) return {};
  auto content = readRows(m_database);
  if (!content) return tl::unexpected(content.error());
  const auto head = std::ranges::find(content->steps, content->head, &CaseStep::number);
  const size_t done = head == content->steps.end() ? 0 : size_t(head - content->steps.begin()) + 1;
  const size_t folded = done > m_stepsKept ? done - m_stepsKept : 0;
  CaseBase& base = content->base;
  for (size_t i = 0; i < folded; ++i) {
    const CaseStep& step = content->steps[i];
    base.all = listChangedBy(std::move(base.all), *step.difference);
    if (step.difference->classesBefore != step.difference->classesAfter)
      base.classes = step.difference->classesAfter;
    base.number = step.number;
  }
  content->steps.erase(content->steps.begin(), content->steps.begin() + ptrdiff_t(folded));
  const auto written = inOneTransaction(m_database, [&] { return foldRows(m_database, *content); });
  if (!written) return written;
  m_steps = int64_t(content->steps.size());
  return {};
}

}  // namespace geneglass
