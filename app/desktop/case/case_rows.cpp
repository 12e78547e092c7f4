// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/desktop/case/annotation_text.h"
#include "app/desktop/case/case_sums.h"

namespace geneglass {
namespace {

/// A step's parent is the step it was made after. Steps that were undone before another was made stay in the
/// journal: the line that counts leads from the newest step through the parents down to the base.
/// A change says where the annotation was and where it is; what it was is known from the steps before.
/// Each row's sum: see case_sums.h.
constexpr const char* kTables = R"(
CREATE TABLE fact(key TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER) WITHOUT ROWID;
CREATE TABLE entry(key TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER) WITHOUT ROWID;
CREATE TABLE base(place INTEGER PRIMARY KEY, annotation TEXT NOT NULL, sum INTEGER);
CREATE TABLE step(number INTEGER PRIMARY KEY, parent INTEGER NOT NULL, what TEXT NOT NULL,
  seconds INTEGER NOT NULL, classes TEXT, entry TEXT, before TEXT, after TEXT, sum INTEGER);
CREATE TABLE change(step INTEGER NOT NULL, id TEXT NOT NULL, place_before INTEGER, place_after INTEGER,
  annotation TEXT, sum INTEGER);
)";

Result<void> writeFact(Database& database, const char* key, const std::string& value) {
  Query query(database, "INSERT OR REPLACE INTO fact VALUES(?1, ?2, check_sum(?1, ?2))");
  return query.bind(1, std::string_view(key)).bind(2, std::string_view(value)).run();
}

std::string factOf(Database& database, std::string_view key) {
  Query query(database, "SELECT value FROM fact WHERE key = ?");
  return query.bind(1, key).step().value_or(false) ? std::string(query.text(0)) : std::string();
}

int64_t numberOf(Database& database, std::string_view key) {
  return std::strtoll(factOf(database, key).c_str(), nullptr, 10);
}

int64_t secondsNow() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<void> writeStep(Database& database, const CaseStep& step) {
  Query query(
      database,
      "INSERT INTO step VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, check_sum(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))");
  const AnnotationDifference& difference = *step.difference;
  query.bind(1, step.number).bind(2, step.parent).bind(3, std::string_view(step.what)).bind(4, secondsNow());
  if (difference.classesBefore != difference.classesAfter)
    query.bind(5, std::string_view(textOf(difference.classesAfter)));
  if (step.entry)
    query.bind(6, std::string_view(step.entry->key)).bind(7, step.entry->before).bind(8, step.entry->after);
  if (const auto written = query.run(); !written) return written;
  Query row(database, "INSERT INTO change VALUES(?1, ?2, ?3, ?4, ?5, check_sum(?1, ?2, ?3, ?4, ?5))");
  for (const AnnotationChange& change : difference.changes) {
    row.bind(1, step.number).bind(2, std::string_view((change.before ? change.before : change.after)->id));
    change.before ? row.bind(3, int64_t(change.placeBefore)) : row.bindNothing(3);
    change.after ? row.bind(4, int64_t(change.placeAfter)) : row.bindNothing(4);
    change.after ? row.bind(5, std::string_view(textOf(*change.after))) : row.bindNothing(5);
    if (const auto written = row.run(); !written) return written;
  }
  return {};
}

Result<void> writeEntries(Database& database, const std::map<std::string, std::string>& entries) {
  Query put(database, "INSERT OR REPLACE INTO entry VALUES(?1, ?2, check_sum(?1, ?2))");
  Query drop(database, "DELETE FROM entry WHERE key = ?");
  for (const auto& [key, value] : entries) {
    Query& query = value.empty() ? drop : put;
    query.bind(1, std::string_view(key));
    if (!value.empty()) query.bind(2, std::string_view(value));
    if (const auto written = query.run(); !written) return written;
  }
  return {};
}

Result<void> writeBase(Database& database, const CaseBase& base) {
  if (const auto written = writeFact(database, "base.number", std::to_string(base.number)); !written)
    return written;
  if (const auto written = writeFact(database, "base.classes", textOf(base.classes)); !written)
    return written;
  Query row(database, "INSERT INTO base VALUES(?1, ?2, check_sum(?1, ?2))");
  for (size_t place = 0; place < base.all.size(); ++place) {
    row.bind(1, int64_t(place)).bind(2, std::string_view(textOf(*base.all[place])));
    if (const auto written = row.run(); !written) return written;
  }
  return {};
}

Result<AnnotationPtr> annotationIn(const Query& row, int column) {
  return annotationOf(row.text(column)).map([](Annotation annotation) {
    return std::make_shared<const Annotation>(std::move(annotation));
  });
}

Result<CaseBase> readBase(Database& database) {
  CaseBase base{numberOf(database, "base.number"), {}, {}};
  auto classes = classesOf(factOf(database, "base.classes"));
  if (!classes) return tl::unexpected(classes.error());
  base.classes = std::move(*classes);
  Query row(database, "SELECT annotation FROM base ORDER BY place");
  auto more = row.step();
  for (; more && *more; more = row.step()) {
    auto annotation = annotationIn(row, 0);
    if (!annotation) return tl::unexpected(annotation.error());
    base.all.push_back(std::move(*annotation));
  }
  if (!more) return tl::unexpected(more.error());
  return base;
}

struct StepRow {
  CaseStep step;
  std::optional<std::string> classes;
};

/// The line that counts, without what changed.
Result<std::vector<StepRow>> readLine(Database& database, int64_t base) {
  std::vector<StepRow> line;
  Query row(database,
            "SELECT number, parent, what, classes, entry, before, after FROM step ORDER BY number DESC");
  auto more = row.step();
  for (; more && *more; more = row.step()) {
    if (!line.empty() && row.number(0) != line.back().step.parent) continue;
    StepRow next{{row.number(0), row.number(1), std::string(row.text(2)), {}, {}}, row.textIfAny(3)};
    if (!row.isNull(4))
      next.step.entry = EntryChange{std::string(row.text(4)), row.textIfAny(5), row.textIfAny(6)};
    line.push_back(std::move(next));
  }
  if (!more) return tl::unexpected(more.error());
  if (!line.empty() && line.back().step.parent != base) return fail("its steps do not lead to its beginning");
  std::ranges::reverse(line);
  return line;
}

/// What a step changed, and what was there before by `all`.
Result<AnnotationDifference> readDifference(Database& database, const StepRow& step,
                                            const std::vector<AnnotationPtr>& all,
                                            const std::vector<AnnotationClass>& classes) {
  AnnotationDifference difference;
  Query row(database,
            "SELECT id, place_before, place_after, annotation FROM change WHERE step = ? ORDER BY rowid");
  row.bind(1, step.step.number);
  auto more = row.step();
  for (; more && *more; more = row.step()) {
    AnnotationChange change;
    if (!row.isNull(1)) {
      change.placeBefore = static_cast<size_t>(row.number(1));
      if (change.placeBefore >= all.size() || all[change.placeBefore]->id != row.text(0))
        return fail(fmt::format("its step {} changes what is not there", step.step.number));
      change.before = all[change.placeBefore];
    }
    if (!row.isNull(2)) {
      auto annotation = annotationIn(row, 3);
      if (!annotation) return tl::unexpected(annotation.error());
      change.placeAfter = static_cast<size_t>(row.number(2));
      change.after = std::move(*annotation);
    }
    difference.changes.push_back(std::move(change));
  }
  if (!more) return tl::unexpected(more.error());
  if (step.classes) {
    auto after = classesOf(*step.classes);
    if (!after) return tl::unexpected(after.error());
    difference.classesBefore = classes;
    difference.classesAfter = std::move(*after);
  }
  return difference;
}

Result<void> readSteps(Database& database, CaseContent& content) {
  auto line = readLine(database, content.base.number);
  if (!line) return tl::unexpected(line.error());
  std::vector<AnnotationPtr> all = content.base.all;
  std::vector<AnnotationClass> classes = content.base.classes;
  for (StepRow& row : *line) {
    auto difference = readDifference(database, row, all, classes);
    if (!difference) return tl::unexpected(difference.error());
    all = listChangedBy(std::move(all), *difference);
    if (row.classes) classes = difference->classesAfter;
    row.step.difference = std::make_shared<const AnnotationDifference>(std::move(*difference));
    content.steps.push_back(std::move(row.step));
  }
  return {};
}

}  // namespace

Result<void> makeTables(Database& database) {
  if (const auto made = database.run(kTables); !made) return made;
  if (const auto made = database.run("CREATE INDEX change_step ON change(step)"); !made) return made;
  return database.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kCaseMark, kCaseVersion).c_str());
}

Result<void> migrateTables(Database& database) {
  if (const auto added = addSums(database); !added) return added;
  return database.run(fmt::format("PRAGMA user_version = {}", kCaseVersion).c_str());
}

Result<CaseContent> readRows(Database& database) {
  CaseContent content;
  content.slide = {factOf(database, "slide.name"),
                   factOf(database, "slide.hash"),
                   {numberOf(database, "slide.width"), numberOf(database, "slide.height")}};
  content.head = numberOf(database, "head");
  auto base = readBase(database);
  if (!base) return tl::unexpected(base.error());
  content.base = std::move(*base);
  if (const auto read = readSteps(database, content); !read) return tl::unexpected(read.error());
  const auto isHead = [&](const CaseStep& step) { return step.number == content.head; };
  if (content.head != content.base.number && std::ranges::none_of(content.steps, isHead))
    return fail("its last step is missing");
  Query row(database, "SELECT key, value FROM entry");
  auto more = row.step();
  for (; more && *more; more = row.step()) content.entries.emplace(row.text(0), row.text(1));
  if (!more) return tl::unexpected(more.error());
  return content;
}

Result<void> appendRows(Database& database, const CaseChanges& changes, int64_t known) {
  for (const CaseStep& step : changes.steps) {
    if (step.number <= known) continue;
    if (const auto written = writeStep(database, step); !written) return written;
  }
  if (const auto written = writeEntries(database, changes.entries); !written) return written;
  return writeFact(database, "head", std::to_string(changes.head));
}

Result<void> writeRows(Database& database, const CaseContent& content) {
  const std::pair<const char*, std::string> facts[] = {
      {"slide.name", content.slide.name},
      {"slide.hash", content.slide.hash},
      {"slide.width", std::to_string(content.slide.size.width)},
      {"slide.height", std::to_string(content.slide.size.height)}};
  for (const auto& [key, value] : facts)
    if (const auto written = writeFact(database, key, value); !written) return written;
  if (const auto written = writeBase(database, content.base); !written) return written;
  return appendRows(database, {content.steps, content.head, content.entries}, -1);
}

Result<void> foldRows(Database& database, const CaseContent& content) {
  if (const auto emptied = database.run("DELETE FROM base"); !emptied) return emptied;
  if (const auto written = writeBase(database, content.base); !written) return written;
  std::vector<int64_t> gone;
  {
    Query row(database, "SELECT number FROM step");
    auto more = row.step();
    for (; more && *more; more = row.step())
      if (std::ranges::find(content.steps, row.number(0), &CaseStep::number) == content.steps.end())
        gone.push_back(row.number(0));
    if (!more) return tl::unexpected(more.error());
  }
  for (const char* text : {"DELETE FROM step WHERE number = ?", "DELETE FROM change WHERE step = ?"}) {
    Query drop(database, text);
    for (const int64_t number : gone)
      if (const auto dropped = drop.bind(1, number).run(); !dropped) return dropped;
  }
  return {};
}

}  // namespace geneglass
