// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "viewer/foundation/csv_line.h"

namespace geneglass {

Result<void> CsvReader::read(const OnRow& onHeader, const OnRow& onRow) {
  size_t columns = 0;
  const Result<void> read = readLines([&](const std::string& line) -> Result<void> {
    if (std::count(line.begin(), line.end(), '"') % 2 != 0)
      return refuseRow("a quotation mark is not closed");
    const std::vector<std::string> cells = cellsOf(line);
    if (columns > 0) {
      if (cells.size() != columns)
        return refuseRow(fmt::format("{} cells where the header has {}", cells.size(), columns));
      return onRow(cells);
    }
    if (const auto separator = otherSeparator(line))
      return refuseRow(fmt::format("the columns are separated by {}; separate them with commas", *separator));
    columns = cells.size();
    return onHeader(cells);
  });
  if (!read) return read;
  if (columns == 0) return refuse("the file is empty");
  return {};
}

Result<void> CsvReader::readLines(const OnLine& onLine) {
  std::ifstream stream(m_file, std::ios::binary);
  if (!stream) return fail(fmt::format("Cannot open the {} '{}'.", m_what, m_file.string()));
  std::string line;
  for (m_row = 1; std::getline(stream, line); ++m_row) {
    if (m_row == 1) line = withoutByteOrderMark(line);
    if (line.find('\0') != std::string::npos) return refuseRow("it holds bytes of 0, so it is no plain text");
    if (line.ends_with('\r')) line.pop_back();
    if (line.find('\r') != std::string::npos)
      return refuseRow("its lines end with carriage returns alone; save it with line feeds");
    if (isBlank(line)) continue;
    if (Result<void> taken = onLine(line); !taken) return taken;
  }
  if (stream.bad()) return refuse("it cannot be read to its end");
  return {};
}

tl::unexpected<Error> CsvReader::refuse(const std::string& reason) const {
  return fail(fmt::format("Cannot use the {} '{}': {}.", m_what, m_file.string(), reason));
}

tl::unexpected<Error> CsvReader::refuseRow(const std::string& reason) const {
  return refuse(fmt::format("row {}: {}", m_row, reason));
}

std::string shortened(const std::string& cell) {
  constexpr size_t kShown = 60;
  return cell.size() <= kShown ? cell : cell.substr(0, kShown) + "...";
}

}  // namespace geneglass
