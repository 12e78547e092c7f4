// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Reads a table of commas row by row. What is refused is a sentence with the file and, 1 being the first
/// line, the row. LF or CR LF, with or without a byte order mark; blank lines count but are passed over.
class CsvReader final {
 public:
  using OnLine = std::function<Result<void>(const std::string& line)>;
  using OnRow = std::function<Result<void>(const std::vector<std::string>& cells)>;

  /// `what` the file is called in sentences: "cohort".
  CsvReader(std::filesystem::path file, std::string what)
      : m_file(std::move(file)), m_what(std::move(what)) {}

  /// The first row's cells, then those of each other; as many as the first has. Errors: the callers'; no such
  /// file, an empty one, another separator, a row of another length, a quotation mark that is not closed,
  /// what is no text.
  Result<void> read(const OnRow& onHeader, const OnRow& onRow);

  /// The lines as they are.
  Result<void> readLines(const OnLine& onLine);

  const std::filesystem::path& file() const { return m_file; }
  size_t row() const { return m_row; }  ///< the one that is being read
  tl::unexpected<Error> refuse(const std::string& reason) const;
  tl::unexpected<Error> refuseRow(const std::string& reason) const;

 private:
  const std::filesystem::path m_file;
  const std::string m_what;
  size_t m_row = 0;
};

/// A cell for a sentence: its beginning where it is long.
std::string shortened(const std::string& cell);

}  // namespace geneglass
