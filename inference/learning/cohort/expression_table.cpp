// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/expression_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "viewer/foundation/csv_line.h"
#include "viewer/foundation/csv_reader.h"

namespace geneglass {
namespace {

/// Reads the table row by row; each step returns the reason against it.
class TableReader final {
 public:
  explicit TableReader(const std::filesystem::path& file) : m_csv(file, "table") { m_table.file = file; }

  Result<ExpressionTable> read() {
    const Result<void> read =
        m_csv.read([this](const std::vector<std::string>& cells) { return readHeader(cells); },
                   [this](const std::vector<std::string>& cells) { return readRow(cells); });
    if (!read) return tl::unexpected(read.error());
    if (m_table.cases.empty()) return m_csv.refuse("it has no rows of values");
    m_table.values.rows = m_table.cases.size();
    m_table.values.columns = m_table.genes.size();
    return std::move(m_table);
  }

 private:
  Result<void> readHeader(const std::vector<std::string>& cells) {
    if (cells.size() < 2) return m_csv.refuseRow("there is no column for a gene after the case");
    m_table.genes.assign(cells.begin() + 1, cells.end());
    std::set<std::string> seen;
    for (const std::string& gene : m_table.genes) {
      if (gene.empty()) return m_csv.refuseRow("a column has no name");
      if (!seen.insert(gene).second)
        return m_csv.refuseRow(fmt::format("the gene {} has two columns", shortened(gene)));
    }
    return {};
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    if (cells[0].empty()) return m_csv.refuseRow("the case has no name");
    const auto [place, fresh] = m_rowOfCase.emplace(cells[0], m_csv.row());
    if (!fresh)
      return m_csv.refuseRow(
          fmt::format("the case '{}' is in row {} already", shortened(cells[0]), place->second));
    m_table.cases.push_back(cells[0]);
    m_table.rows.push_back(m_csv.row());
    for (size_t gene = 0; gene < m_table.genes.size(); ++gene) {
      const std::string& cell = cells[gene + 1];
      const bool missing = cell.empty() || cell == "NA";
      const auto value = missing ? std::numeric_limits<float>::quiet_NaN() : numberOf(cell);
      if (!value)
        return m_csv.refuseRow(
            fmt::format("'{}' for {} is not a number; leave the cell empty where a value is missing",
                        shortened(cell), m_table.genes[gene]));
      m_table.values.values.push_back(*value);
    }
    return {};
  }

  CsvReader m_csv;
  ExpressionTable m_table;
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
