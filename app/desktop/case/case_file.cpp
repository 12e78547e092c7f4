// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "app/desktop/case/case_rows.h"
#include "app/desktop/case/case_sums.h"
#include "app/desktop/case/free_name.h"

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

/// The file's version. Only reads: a file that is refused is never touched.
Result<int64_t> checkMark(const fs::path& file, Database& database) {
  const auto mark = database.number("PRAGMA application_id");
  if (!mark) return cannotOpen(file, reasonOf(database, mark.error()));
  if (*mark != kCaseMark) return cannotOpen(file, "it is not a case of Geneglass");
  const auto version = database.number("PRAGMA user_version");
  if (!version || *version > kCaseVersion)
    return cannotOpen(file, fmt::format("a newer Geneglass wrote it (version {} of the file, this program "
                                        "knows {})",
                                        version.value_or(0), kCaseVersion));
  if (*version < 1) return cannotOpen(file, "it is damaged and was left as it is (it has no version)");
  return *version;
}

Result<CaseContent> readChecked(const fs::path& file, Database& database, int64_t version) {
  Query check(database, "PRAGMA quick_check(1)");
  const auto checked = check.step();
  if (!checked) return cannotOpen(file, reasonOf(database, checked.error()));
  if (check.text(0) != "ok")
    return cannotOpen(file, fmt::format("it is damaged and was left as it is ({})", check.text(0)));
  const Result<void> asWritten = version > 1 ? checkSums(database) : Result<void>();
  auto content = asWritten ? readRows(database) : tl::unexpected(asWritten.error());
  if (!content)
    return cannotOpen(file,
                      fmt::format("it is damaged and was left as it is ({})", content.error().sentence));
  return content;
}

/// Copies the file as it is to `backup`, by the database: a file that is opened and closed beside it would
/// lose its lock.
Result<void> backUp(Database& database, const fs::path& backup) {
  const fs::path part = backup.string() + ".part";
  std::error_code error;
  fs::remove(part, error);
  Query copy(database, "VACUUM INTO ?");
  const auto copied = copy.bind(1, std::string_view(part.string())).run();
  if (copied) fs::rename(part, backup, error);
  if (copied && !error) return {};
  const std::string reason = copied ? error.message() : copied.error().sentence;
  fs::remove(part, error);
  return fail(fmt::format("no copy of it could be kept: {}", reason));
}

/// What to tell the user of it; the error is the same, and the file as it was then.
Result<std::string> bringUpToDate(const fs::path& file, Database& database, int64_t version) {
  const fs::path backup =
      freeName(file.parent_path() / fmt::format("{}.version-{}.geneglass", file.stem().string(), version));
  Result<void> done = backUp(database, backup);
  if (done) done = inOneTransaction(database, [&] { return migrateTables(database); });
  if (!done)
    return fail(fmt::format("The case '{}' is of version {} and can only be read, since {}.", file.string(),
                            version, done.error().sentence));
  return fmt::format("The case '{}' was brought from version {} to {}; as it was it is kept in '{}'.",
                     file.string(), version, kCaseVersion, backup.string());
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
  const auto version = checkMark(file, *database);
  if (!version) return tl::unexpected(version.error());
  return readChecked(file, *database, *version);
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

Result<void> checkIsFile(const fs::path& file) {
  std::error_code error;
  if (fs::is_regular_file(file, error)) return {};
  return cannotOpen(file, error ? error.message() : "it is not a file");
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

Result<CaseContent> CaseFile::read(const fs::path& file) {
  if (const auto isFile = checkIsFile(file); !isFile) return tl::unexpected(isFile.error());
  auto content = readWithoutWriting(file);
  std::error_code none;
  if (!content && fs::file_size(journalOf(file), none) > 0 && !none) content = readCopy(file);
  return content;
}

Result<OpenedCase> CaseFile::open(const fs::path& file, size_t stepsKept) {
  if (const auto isFile = checkIsFile(file); !isFile) return tl::unexpected(isFile.error());
  if (!canWrite(file))
    return read(file).map([](CaseContent content) { return OpenedCase{nullptr, std::move(content), {}}; });
  auto database = Database::open(file, Database::Access::Write);
  if (!database) return cannotOpen(file, database.error().sentence);
  const auto version = checkMark(file, *database);
  if (!version) return tl::unexpected(version.error());
  for (const char* statements : {kAlone, kHold})
    if (const auto held = database->run(statements); !held)
      return cannotOpen(file, reasonOf(*database, held.error()));
  auto content = readChecked(file, *database, *version);
  if (!content) return tl::unexpected(content.error());
  std::string remark;
  if (*version < kCaseVersion) {
    auto broughtUp = bringUpToDate(file, *database, *version);
    if (!broughtUp) return OpenedCase{nullptr, std::move(*content), broughtUp.error().sentence};
    remark = std::move(*broughtUp);
  }
  std::unique_ptr<CaseFile> opened(new CaseFile(file, std::move(*database), stepsKept));
  if (const auto seen = opened->lookAround(); !seen) return tl::unexpected(seen.error());
  return OpenedCase{std::move(opened), std::move(*content), std::move(remark)};
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
