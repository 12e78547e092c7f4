// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/expression_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <map>
#include <set>

#include "inference/learning/csv_line.h"

namespace geneglass {
namespace {

/// Reads the table row by row; each step returns the reason against it.
class TableReader final {
 public:
  explicit TableReader(const std::filesystem::path& file) { m_table.file = file; }

  Result<ExpressionTable> read() {
    std::ifstream stream(m_table.file);
    if (!stream) return fail(fmt::format("Cannot open the table '{}'.", m_table.file.string()));
    std::string line;
    for (m_row = 1; std::getline(stream, line); ++m_row) {
      if (m_row > 1 && isBlank(line)) continue;
      const Result<void> read = m_row == 1 ? readHeader(line) : readRow(cellsOf(line));
      if (!read) return tl::unexpected(read.error());
    }
    if (m_table.cases.empty()) return refuse("it has no rows of values");
    m_table.values.rows = m_table.cases.size();
    m_table.values.columns = m_table.genes.size();
    return std::move(m_table);
  }

 private:
  tl::unexpected<Error> refuse(const std::string& reason) const {
    return fail(fmt::format("Cannot use the table '{}': {}.", m_table.file.string(), reason));
  }
  tl::unexpected<Error> refuseRow(const std::string& reason) const {
    return refuse(fmt::format("row {}: {}", m_row, reason));
  }

  Result<void> readHeader(const std::string& line) {
    if (const auto separator = otherSeparator(line))
      return refuseRow(fmt::format("the columns are separated by {}; separate them with commas", *separator));
    const std::vector<std::string> cells = cellsOf(withoutByteOrderMark(line));
    if (cells.size() < 2) return refuseRow("there is no column for a gene after the case");
    m_table.genes.assign(cells.begin() + 1, cells.end());
    std::set<std::string> seen;
    for (const std::string& gene : m_table.genes) {
      if (gene.empty()) return refuseRow("a column has no name");
      if (!seen.insert(gene).second) return refuseRow(fmt::format("the gene {} has two columns", gene));
    }
    return {};
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    if (cells.size() != m_table.genes.size() + 1)
      return refuseRow(
          fmt::format("{} cells where the header has {}", cells.size(), m_table.genes.size() + 1));
    if (cells[0].empty()) return refuseRow("the case has no name");
    const auto [place, fresh] = m_rowOfCase.emplace(cells[0], m_row);
    if (!fresh) return refuseRow(fmt::format("the case '{}' is in row {} already", cells[0], place->second));
    m_table.cases.push_back(cells[0]);
    m_table.rows.push_back(m_row);
    for (size_t gene = 0; gene < m_table.genes.size(); ++gene) {
      const std::string& cell = cells[gene + 1];
      const bool missing = cell.empty() || cell == "NA";
      const auto value = missing ? std::numeric_limits<float>::quiet_NaN() : numberOf(cell);
      if (!value)
        return refuseRow(
            fmt::format("'{}' for {} is not a number; leave the cell empty where a value is missing", cell,
                        m_table.genes[gene]));
      m_table.values.values.push_back(*value);
    }
    return {};
  }

  ExpressionTable m_table;
  size_t m_row = 1;
  std::map<std::string, size_t> m_rowOfCase;
};

Result<std::vector<size_t>> columnsOf(const ExpressionTable& table, const std::vector<std::string>& genes) {
  std::vector<size_t> columns;
  for (const std::string& gene : genes) {
    const auto found = std::find(table.genes.begin(), table.genes.end(), gene);
    if (found == table.genes.end())
      return fail(fmt::format("Cannot use the table '{}': there is no column for the gene {}.",
                              table.file.string(), gene));
    columns.push_back(size_t(found - table.genes.begin()));
  }
  return columns;
}

}  // namespace

Result<ExpressionTable> readExpressionTable(const std::filesystem::path& file) {
  return TableReader(file).read();
}

Result<JoinedCohort> joinExpression(const Cohort& cohort, const ExpressionTable& table,
                                    const std::vector<std::string>& genes) {
  const std::vector<std::string>& chosen = genes.empty() ? table.genes : genes;
  const Result<std::vector<size_t>> columns = columnsOf(table, chosen);
  if (!columns) return tl::unexpected(columns.error());
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < table.cases.size(); ++i) places.emplace(table.cases[i], i);
  JoinedCohort joined{{table.file, chosen, {}}, {}};
  for (const CohortCase& one : cohort.cases) {
    const auto place = places.find(one.name);
    if (place == places.end()) {
      joined.leftOut.push_back(one.name);
      continue;
    }
    CohortCase with = one;
    with.row = table.rows[place->second];
    with.labels.clear();
    for (const size_t column : *columns) with.labels.push_back(table.values.at(place->second, column));
    joined.cohort.cases.push_back(std::move(with));
  }
  if (joined.cohort.cases.empty())
    return fail(
        fmt::format("Cannot use the table '{}': it has none of the cases of '{}', of which '{}' is one.",
                    table.file.string(), cohort.file.string(), cohort.cases.front().name));
  return joined;
}

}  // namespace geneglass
