// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/expression_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "inference/learning/cohort/tcga_barcode.h"
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
    for (size_t column = 1; column < cells.size(); ++column) {
      if (cells[column].empty()) continue;
      m_table.genes.push_back(cells[column]);
      m_columns.push_back(column);
    }
    if (m_columns.empty()) return m_csv.refuseRow("there is no column for a gene after the case");
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
      const std::string& cell = cells[m_columns[gene]];
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
  std::vector<size_t> m_columns;  ///< of the genes
  std::map<std::string, size_t> m_rowOfCase;
};

/// Of each TCGA patient the row that stands for it, and how many others it has.
class PatientRows final {
 public:
  explicit PatientRows(const ExpressionTable& table) : m_table(table) {
    for (size_t row = 0; row < table.cases.size(); ++row)
      if (const auto barcode = tcgaBarcode(table.cases[row]); barcode && barcode->sampleType > 0)
        m_rows[barcode->patient].push_back({*barcode, row});
  }

  /// Nothing for what is no patient alone, or has no tumour sample.
  std::optional<size_t> tumourOf(const std::string& name) const {
    const std::vector<Sample>* samples = samplesOf(name);
    if (!samples) return {};
    const Sample* best = nullptr;
    for (const Sample& sample : *samples)
      if (sample.barcode.isTumour() && (!best || rankOf(sample) < rankOf(*best))) best = &sample;
    return best ? std::optional(best->row) : std::nullopt;
  }
  size_t countOf(const std::string& name) const {
    const std::vector<Sample>* samples = samplesOf(name);
    return samples ? samples->size() : 0;
  }

 private:
  struct Sample {
    TcgaBarcode barcode;
    size_t row;
  };
  std::pair<int, const std::string&> rankOf(const Sample& sample) const {
    return {sample.barcode.sampleType, m_table.cases[sample.row]};
  }
  const std::vector<Sample>* samplesOf(const std::string& name) const {
    const auto barcode = tcgaBarcode(name);
    if (!barcode || barcode->sampleType > 0) return nullptr;
    const auto found = m_rows.find(barcode->patient);
    return found == m_rows.end() ? nullptr : &found->second;
  }

  const ExpressionTable& m_table;
  std::map<std::string, std::vector<Sample>> m_rows;
};

}  // namespace

Result<std::vector<size_t>> columnsOf(const ExpressionTable& table, const std::vector<std::string>& genes) {
  std::unordered_map<std::string_view, size_t> places;
  std::unordered_set<std::string_view> doubled;
  for (size_t column = 0; column < table.genes.size(); ++column)
    if (!places.emplace(table.genes[column], column).second) doubled.insert(table.genes[column]);
  std::vector<size_t> columns;
  std::vector<std::string> missing;
  for (const std::string& gene : genes) {
    const auto found = places.find(gene);
    if (found == places.end())
      missing.push_back(shortened(gene));
    else if (doubled.contains(gene))
      return fail(fmt::format("Cannot use the table '{}': the gene {} has two columns.", table.file.string(),
                              shortened(gene)));
    else
      columns.push_back(found->second);
  }
  if (!missing.empty())
    return fail(fmt::format("Cannot use the table '{}': there is no column for the gene{} {}.",
                            table.file.string(), missing.size() > 1 ? "s" : "", fmt::join(missing, ", ")));
  return columns;
}

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
  const PatientRows patients(table);
  JoinedCohort joined{{table.file, chosen, {}}, {}};
  for (const CohortCase& one : cohort.cases) {
    const auto place = places.find(one.name);
    const std::optional<size_t> row = place != places.end() ? place->second : patients.tumourOf(one.name);
    if (!row) {
      joined.leftOut.push_back(one.name);
      continue;
    }
    if (place == places.end()) {
      ++joined.byPatient;
      joined.otherSamples += patients.countOf(one.name) - 1;
    }
    CohortCase with = one;
    with.row = table.rows[*row];
    with.labels.clear();
    for (const size_t column : *columns) with.labels.push_back(table.values.at(*row, column));
    joined.cohort.cases.push_back(std::move(with));
  }
  if (joined.cohort.cases.empty())
    return fail(
        fmt::format("Cannot use the table '{}': it has none of the cases of '{}', of which '{}' is one.",
                    table.file.string(), cohort.file.string(), cohort.cases.front().name));
  return joined;
}

}  // namespace geneglass
