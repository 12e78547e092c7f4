// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Reads a table row by row, its columns between commas, semicolons or tabs. What is refused is a sentence
/// with the file and, 1 being the first line, the row. LF or CR LF, with or without a byte order mark; rows
/// that are blank or hold separators alone count but are passed over; columns without a name at the end are
/// too. Numbers with decimal commas come with points where no cell of the table says that they are anything
/// else. In a table of tabs R writes no cell over the names of its rows: such a header gets an empty one.
class CsvReader final {
 public:
  using OnLine = std::function<Result<void>(const std::string& line)>;
  using OnRow = std::function<Result<void>(const std::vector<std::string>& cells)>;

  /// `what` the file is called in sentences: "cohort".
  CsvReader(std::filesystem::path file, std::string what)
      : m_file(std::move(file)), m_what(std::move(what)) {}

  /// The first row's cells, then those of each other; as many as the first has. Errors: the callers'; no such
  /// file, an empty one, bars between columns, a row of another length, a quotation mark that is not
  /// closed, numbers of which nothing tells whether their commas are decimal, what is no
  /// text, or none in UTF-8: with its column.
  Result<void> read(const OnRow& onHeader, const OnRow& onRow);

  /// The lines as they are.
  Result<void> readLines(const OnLine& onLine);

  char separator() const { return m_separator; }  ///< of the columns; once the header was read
  const std::filesystem::path& file() const { return m_file; }
  size_t row() const { return m_row; }  ///< the one that is being read
  tl::unexpected<Error> refuse(const std::string& reason) const;
  tl::unexpected<Error> refuseRow(const std::string& reason) const;

 private:
  enum class Commas { Plain, Decimal, Unclear };
  Result<void> beginRows(size_t cells, const OnRow& onHeader);
  Result<void> takeRow(std::vector<std::string> cells, const OnRow& onHeader, const OnRow& onRow);
  Result<void> checkLine(const std::string& line) const;
  Commas commasOf();
  tl::unexpected<Error> refuseCharacter(const std::string& line, size_t place) const;
  std::string withPoint(std::string cell) const;

  const std::filesystem::path m_file;
  const std::string m_what;
  size_t m_row = 0;
  char m_separator = ',';
  Commas m_commas = Commas::Plain;
  std::vector<std::string> m_header;
  size_t m_headerRow = 0;
  size_t m_unnamed = 0;  ///< columns at the end
  bool m_begun = false;  ///< the header was given
};

/// A cell for a sentence: its beginning where it is long.
std::string shortened(const std::string& cell);

}  // namespace geneglass
