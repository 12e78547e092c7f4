// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "viewer/foundation/files/bounded_line.h"
#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/utf8_text.h"

namespace geneglass {

namespace {

bool isEmptyRow(const std::vector<std::string>& cells) {
  return std::ranges::all_of(cells, [](const std::string& cell) { return cell.empty(); });
}

/// What the commas of one cell say, if it is a number with commas at all.
enum class CommaEvidence { None, Decimal, Thousands, Either };

CommaEvidence evidenceOf(const std::string& cell) {
  const size_t comma = cell.find(',');
  if (comma == std::string::npos || comma == 0) return CommaEvidence::None;
  if (cell.find_first_not_of("0123456789,.eE+-") != std::string::npos) return CommaEvidence::None;
  const size_t first = cell.front() == '-' ? 1 : 0, last = cell.rfind(',');
  if (last != comma || cell.find('.') != std::string::npos) return CommaEvidence::Thousands;
  const size_t before = comma - first;
  const size_t after = std::min(cell.find_first_of("eE", comma), cell.size()) - comma - 1;
  if (before == 0 || after == 0) return CommaEvidence::None;
  const bool grouped = after == 3 && before <= 3 && cell[first] != '0' && comma + 4 == cell.size();
  return grouped ? CommaEvidence::Either : CommaEvidence::Decimal;
}

}  // namespace

Result<void> CsvReader::checkLine(const std::string& line) const {
  if (std::count(line.begin(), line.end(), '"') % 2 != 0) return refuseRow("a quotation mark is not closed");
  return {};
}

/// Reads the table once for what its commas are. Commas between columns leave them to cells in quotes.
CsvReader::Commas CsvReader::commasOf() {
  bool decimal = false, either = false, other = false;
  CsvReader again(m_file, m_what);
  const Result<void> read = again.readLines([&](const std::string& line) -> Result<void> {
    if (m_separator == ',' && line.find('"') == std::string::npos) return {};
    for (const std::string& cell : cellsOf(line, m_separator)) {
      const CommaEvidence evidence = evidenceOf(cell);
      decimal |= evidence == CommaEvidence::Decimal;
      either |= evidence == CommaEvidence::Either;
      other |=
          evidence == CommaEvidence::Thousands || (cell.find('.') != std::string::npos && numberOf(cell));
    }
    return {};
  });
  if (!read || (!decimal && !either)) return Commas::Plain;
  return decimal && !other ? Commas::Decimal : Commas::Unclear;
}

std::string CsvReader::withPoint(std::string cell) const {
  if (m_commas == Commas::Decimal && evidenceOf(cell) != CommaEvidence::None)
    std::ranges::replace(cell, ',', '.');
  return cell;
}

/// Once the first row below the header tells whether there is a cell over the rows' names.
Result<void> CsvReader::beginRows(size_t cells, const OnRow& onHeader) {
  m_begun = true;
  if (m_separator == '\t' && m_unnamed == 0 && cells == m_header.size() + 1)
    m_header.insert(m_header.begin(), std::string());
  const size_t row = std::exchange(m_row, m_headerRow);
  if (Result<void> taken = onHeader(m_header); !taken) return taken;
  m_row = row;
  return {};
}

Result<void> CsvReader::takeRow(std::vector<std::string> cells, const OnRow& onHeader, const OnRow& onRow) {
  if (isEmptyRow(cells)) return {};
  if (!m_begun) {
    while (cells.size() > m_header.size() + m_unnamed && cells.back().empty()) cells.pop_back();
    if (Result<void> begun = beginRows(cells.size(), onHeader); !begun) return begun;
  }
  while (cells.size() > m_header.size() &&
         (cells.back().empty() || cells.size() <= m_header.size() + m_unnamed))
    cells.pop_back();
  if (cells.size() != m_header.size())
    return refuseRow(fmt::format("{} cells where the header has {}", cells.size(), m_header.size()));
  for (std::string& cell : cells) {
    if (m_commas == Commas::Unclear && evidenceOf(cell) != CommaEvidence::None)
      return refuseRow(
          fmt::format("nothing tells what the comma of '{}' is; write numbers with a decimal point and "
                      "nothing between thousands",
                      shortened(cell)));
    cell = withPoint(std::move(cell));
  }
  return onRow(cells);
}

Result<void> CsvReader::read(const OnRow& onHeader, const OnRow& onRow) {
  const Result<void> read = readLines([&](const std::string& line) -> Result<void> {
    if (Result<void> whole = checkLine(line); !whole) return whole;
    if (m_headerRow > 0) return takeRow(cellsOf(line, m_separator), onHeader, onRow);
    m_separator = separatorOf(line);
    if (m_separator == '|') return refuseRow("the columns are separated by bars; separate them with commas");
    m_header = cellsOf(line, m_separator);
    if (isEmptyRow(m_header)) return {};
    m_headerRow = m_row;
    m_commas = commasOf();
    while (m_header.size() > 1 && m_header.back().empty()) m_header.pop_back(), ++m_unnamed;
    return {};
  });
  if (!read) return read;
  if (m_headerRow == 0) return refuse("the file is empty");
  return m_begun ? Result<void>() : beginRows(0, onHeader);
}

Result<void> CsvReader::readLines(const OnLine& onLine) {
  std::ifstream stream(m_file, std::ios::binary);
  if (!stream) return fail(fmt::format("Cannot open the {} '{}'.", m_what, m_file.string()));
  std::string line;
  for (m_row = 1; nextLine(stream, line); ++m_row) {
    if (m_row == 1) line = withoutByteOrderMark(line);
    if (line.find('\0') != std::string::npos) return refuseRow("it holds bytes of 0, so it is no plain text");
    if (line.size() >= kLongestTableLine)
      return refuseRow(fmt::format("it has more than {} MiB", kLongestTableLine >> 20));
    if (hasTooManyCells(line)) return refuseRow(fmt::format("it has more than {} cells", kMostCellsOfLine));
    if (const auto place = firstNotUtf8(line)) return refuseCharacter(line, *place);
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

/// In the header's row the separator is not known yet.
tl::unexpected<Error> CsvReader::refuseCharacter(const std::string& line, size_t place) const {
  const char separator = m_headerRow > 0 ? m_separator : separatorOf(line);
  const size_t column = cellsOf(line.substr(0, place) + 'x', separator).size();
  const std::vector<std::string> cells = cellsOf(line, separator);
  const std::string cell = column <= cells.size() ? cells[column - 1] : line;
  return refuse(fmt::format("row {}, column {}: '{}' is not UTF-8; save it as UTF-8", m_row, column,
                            readableBytes(shortened(cell))));
}

std::string shortened(const std::string& cell) {
  constexpr size_t kShown = 60;
  return cell.size() <= kShown ? cell : cell.substr(0, kShown) + "...";
}

}  // namespace geneglass
