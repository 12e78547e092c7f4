// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace geneglass {

/// An SQLite file of which this program is the only user for as long as it is open. Its statements know the
/// function check_sum(...) of any number of texts and whole numbers. Errors are reasons, the end of a
/// sentence: "database or disk is full". Blocks on the disk. Any thread, one at a time.
class Database final {
 public:
  enum class Access { Read, Write, Create };  ///< Create: where there is no file

  Database() = default;
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;

  static Result<Database> open(const std::filesystem::path& file, Access access);
  Result<void> run(const char* statements);   ///< no values, no rows
  Result<int64_t> number(const char* query);  ///< its only value

  /// Whether the last reason was that another program, or another part of this one, has the file open.
  bool isBusy() const;
  bool isDamaged() const;  ///< or that the file is no database, or a damaged one

 private:
  friend class Query;
  tl::unexpected<Error> reason() const;

  sqlite3* m_database = nullptr;
};

/// One statement, run many times. Any thread, one at a time.
class Query final {
 public:
  Query(Database& database, const char* text);  ///< a wrong `text` is an error of the first step
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(int place, int64_t value);  ///< places count from 1; values stay until they are bound anew
  Query& bind(int place, std::string_view text);
  Query& bind(int place, const std::optional<std::string>& text);
  Query& bindNothing(int place);

  Result<bool> step();  ///< whether there is a row
  Result<void> run();   ///< to its end, ready to be run again

  bool isNull(int column) const;  ///< columns count from 0
  int64_t number(int column) const;
  std::string_view text(int column) const;  ///< until the next step
  std::optional<std::string> textIfAny(int column) const;

 private:
  Database& m_database;
  sqlite3_stmt* m_statement = nullptr;
};

/// Runs `work` whole or not at all.
Result<void> inOneTransaction(Database& database, const std::function<Result<void>()>& work);

}  // namespace geneglass
