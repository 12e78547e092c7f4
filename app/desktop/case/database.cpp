// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/database.h"

#include <sqlite3.h>
#include <zlib.h>

#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace geneglass {
namespace {

constexpr int kPatience = 3000;  // ms: a pane closed a moment ago may still write

int flagsOf(Database::Access access) {
  switch (access) {
    case Database::Access::Read:
      return SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READONLY;
    case Database::Access::Write:
      return SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READWRITE;
    default:
      return SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
}

/// CRC-32 of the values of a row: of each its type, its length and its bytes, so that none can be taken for
/// another.
void checkSum(sqlite3_context* context, int count, sqlite3_value** values) {
  uLong sum = crc32(0, nullptr, 0);
  const auto add = [&sum](const void* bytes, size_t size) {
    sum = crc32_z(sum, static_cast<const Bytef*>(bytes), size);
  };
  for (sqlite3_value* value : std::span(values, static_cast<size_t>(count))) {
    const int type = sqlite3_value_type(value);
    std::array<int64_t, 2> head{type, 0};
    const bool isText = type == SQLITE_TEXT;
    const void* text = isText ? sqlite3_value_text(value) : nullptr;
    head[1] = isText ? sqlite3_value_bytes(value) : sqlite3_value_int64(value);
    add(head.data(), sizeof head);
    if (text) add(text, static_cast<size_t>(head[1]));
  }
  sqlite3_result_int64(context, static_cast<sqlite3_int64>(sum));
}

}  // namespace

Database::~Database() {
  sqlite3_close_v2(m_database);
}

Database::Database(Database&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(m_database, other.m_database);
  return *this;
}

tl::unexpected<Error> Database::reason() const {
  return fail(m_database ? sqlite3_errmsg(m_database) : "there is not enough memory");
}

bool Database::isBusy() const {
  const int code = sqlite3_errcode(m_database);
  return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

bool Database::isDamaged() const {
  const int code = sqlite3_errcode(m_database);
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

/// A view may never end, a trigger may write: a file that was handed over must hold tables alone. What is no
/// database is for who reads it to say.
static Result<void> refusePrograms(Database& database) {
  const auto count = database.number(
      "SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger') OR sql LIKE 'CREATE VIRTUAL%'");
  if (count && *count > 0) return fail("it holds views or triggers, which no case has");
  return {};
}

Result<Database> Database::open(const std::filesystem::path& file, Access access) {
  Database database;
  if (sqlite3_open_v2(file.c_str(), &database.m_database, flagsOf(access), nullptr) != SQLITE_OK)
    return database.reason();
  sqlite3_busy_timeout(database.m_database, kPatience);
  sqlite3_db_config(database.m_database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (sqlite3_create_function_v2(database.m_database, "check_sum", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                 nullptr, checkSum, nullptr, nullptr, nullptr) != SQLITE_OK)
    return database.reason();
  if (access != Access::Create)
    if (const auto plain = refusePrograms(database); !plain) return tl::unexpected(plain.error());
  return database;
}

Result<void> Database::run(const char* statements) {
  if (sqlite3_exec(m_database, statements, nullptr, nullptr, nullptr) != SQLITE_OK) return reason();
  return {};
}

Result<int64_t> Database::number(const char* query) {
  Query asked(*this, query);
  return asked.step().map([&](bool) { return asked.number(0); });
}

Query::Query(Database& database, const char* text) : m_database(database) {
  sqlite3_prepare_v2(database.m_database, text, -1, &m_statement, nullptr);
}

Query::~Query() {
  sqlite3_finalize(m_statement);
}

Query& Query::bind(int place, int64_t value) {
  sqlite3_bind_int64(m_statement, place, value);
  return *this;
}

Query& Query::bind(int place, std::string_view text) {
  sqlite3_bind_text64(m_statement, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Query& Query::bind(int place, const std::optional<std::string>& text) {
  return text ? bind(place, std::string_view(*text)) : bindNothing(place);
}

Query& Query::bindNothing(int place) {
  sqlite3_bind_null(m_statement, place);
  return *this;
}

Result<bool> Query::step() {
  if (!m_statement) return m_database.reason();
  const int code = sqlite3_step(m_statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return m_database.reason();
}

Result<void> Query::run() {
  const Result<bool> stepped = step();
  sqlite3_reset(m_statement);
  if (!stepped) return tl::unexpected(stepped.error());
  return {};
}

bool Query::isNull(int column) const {
  return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

int64_t Query::number(int column) const {
  return sqlite3_column_int64(m_statement, column);
}

std::string_view Query::text(int column) const {
  const auto* letters = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
  return {letters ? letters : "", static_cast<size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::optional<std::string> Query::textIfAny(int column) const {
  if (isNull(column)) return {};
  return std::string(text(column));
}

Result<void> inOneTransaction(Database& database, const std::function<Result<void>()>& work) {
  if (const auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  Result<void> done = work();
  if (done) done = database.run("COMMIT");
  if (!done) (void)database.run("ROLLBACK");
  return done;
}

}  // namespace geneglass
