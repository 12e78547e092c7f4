// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/expression_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "inference/learning/cohort/gene_names.h"
#include "inference/learning/cohort/tcga_barcode.h"
#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {
namespace {

/// Reads the table row by row; each step returns the reason against it.
class TableReader final {
 public:
  TableReader(const std::filesystem::path& file, const std::vector<std::string>& cases)
      : m_csv(file, "table") {
    m_table.file = file;
    for (const std::string& one : cases) m_wanted.insert({one, nameInR(one), patientOf(one)});
  }

  /// Of which genes are known.
  static TableReader ofGenes(const std::filesystem::path& file, const std::vector<std::string>& genes) {
    TableReader reader(file, {});
    reader.m_knownGenes = {genes.begin(), genes.end()};
    return reader;
  }

  Result<ExpressionTable> read() {
    const Result<void> read =
        m_csv.read([this](const std::vector<std::string>& cells) { return readHeader(cells); },
                   [this](const std::vector<std::string>& cells) { return readRow(cells); });
    if (!read) return tl::unexpected(read.error());
    if (m_table.cases.empty()) return m_csv.refuse("it has no rows of values");
    m_table.values.rows = m_table.cases.size();
    m_table.values.columns = m_table.genes.size();
    if (m_genesInRows || m_geneRows > m_geneColumns) turn();
    std::map<std::string, size_t> placeOfCase;
    for (size_t i = 0; i < m_table.cases.size(); ++i)
      if (const auto [known, fresh] = placeOfCase.emplace(m_table.cases[i], m_table.rows[i]); !fresh)
        return m_csv.refuse(fmt::format("{0} {1}: the case '{2}' is in {0} {3} already",
                                        m_turned ? "column" : "row", m_table.rows[i],
                                        shortened(m_table.cases[i]), known->second));
    return std::move(m_table);
  }

 private:
  /// Whether it names a case that is wanted, or a sample of its patient.
  bool isWanted(const std::string& name) const {
    return m_wanted.contains(name) || m_wanted.contains(patientOf(name));
  }

  bool isGene(const std::string& name) const {
    return m_knownGenes.contains(name) || (!m_knownGenes.empty() && ensemblIdentifier(name));
  }

  Result<void> readHeader(const std::vector<std::string>& cells) {
    for (size_t column = 1; column < cells.size(); ++column) {
      if (cells[column].empty()) continue;
      m_table.genes.push_back(cells[column]);
      m_columns.push_back(column);
      m_geneColumns += isGene(cells[column]);
    }
    if (m_columns.empty()) return m_csv.refuseRow("there is no column for a gene after the case");
    m_genesInRows = std::ranges::any_of(
        m_table.genes, [this](const auto& name) { return isWanted(name); });  // unless a row is a case, too
    return {};
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    if (cells[0].empty()) return m_csv.refuseRow("the case has no name");
    if (m_genesInRows && isWanted(cells[0])) m_genesInRows = false;
    m_geneRows += isGene(cells[0]);
    m_table.cases.push_back(cells[0]);
    m_table.rows.push_back(m_csv.row());
    for (size_t gene = 0; gene < m_table.genes.size(); ++gene) {
      const std::string& cell = cells[m_columns[gene]];
      const std::optional<float> value = measurementOf(cell);
      if (!value)
        return m_csv.refuseRow(
            fmt::format("'{}' for {} is not a number; leave the cell empty where a value is missing",
                        shortened(cell), m_table.genes[gene]));
      m_table.values.values.push_back(*value);
    }
    return {};
  }

  void turn() {
    m_turned = true;
    Matrix turned(m_table.values.columns, m_table.values.rows);
    for (size_t row = 0; row < turned.rows; ++row)
      for (size_t column = 0; column < turned.columns; ++column)
        turned.at(row, column) = m_table.values.at(column, row);
    m_table.values = std::move(turned);
    std::swap(m_table.genes, m_table.cases);
    m_table.rows.clear();
    for (const size_t column : m_columns) m_table.rows.push_back(column + 1);
  }

  CsvReader m_csv;
  std::unordered_set<std::string> m_wanted;  ///< what a case that is wanted may be called
  ExpressionTable m_table;
  std::vector<size_t> m_columns;  ///< of the genes
  bool m_genesInRows = false;
  std::unordered_set<std::string> m_knownGenes;
  size_t m_geneColumns = 0, m_geneRows = 0;  ///< named by a known gene
  bool m_turned = false;
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

Result<std::vector<size_t>> columnsOf(const ExpressionTable& table, const std::vector<std::string>& genes,
                                      std::vector<std::string>& notes) {
  const MatchedGenes matched = matchGenes(genes, table.genes);
  std::unordered_map<std::string_view, size_t> counts;
  for (const std::string& gene : table.genes) ++counts[gene];
  std::vector<size_t> columns;
  std::vector<std::string> missing;
  for (size_t i = 0; i < genes.size(); ++i) {
    if (!matched.places[i])
      missing.push_back(shortened(genes[i]));
    else if (counts[table.genes[*matched.places[i]]] > 1)
      return fail(fmt::format("Cannot use the table '{}': the gene {} has two columns.", table.file.string(),
                              shortened(table.genes[*matched.places[i]])));
    else
      columns.push_back(*matched.places[i]);
  }
  if (!missing.empty())
    return fail(fmt::format("Cannot use the table '{}': there is no column for the gene{} {}{}{}.",
                            table.file.string(), missing.size() > 1 ? "s" : "", fmt::join(missing, ", "),
                            matched.unclear.empty() ? "" : "; ", fmt::join(matched.unclear, ", ")));
  notes.insert(notes.end(), matched.notes.begin(), matched.notes.end());
  return columns;
}

Result<ExpressionTable> readExpressionTable(const std::filesystem::path& file,
                                            const std::vector<std::string>& cases) {
  return TableReader(file, cases).read();
}

Result<ExpressionTable> readExpressionTableOf(const std::filesystem::path& file,
                                              const std::vector<std::string>& genes) {
  return TableReader::ofGenes(file, genes).read();
}

Result<JoinedCohort> joinExpression(const Cohort& cohort, const ExpressionTable& table,
                                    const std::vector<std::string>& genes) {
  const std::vector<std::string>& chosen = genes.empty() ? table.genes : genes;
  std::vector<std::string> notes;
  const Result<std::vector<size_t>> columns = columnsOf(table, chosen, notes);
  if (!columns) return tl::unexpected(columns.error());
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < table.cases.size(); ++i) places.emplace(table.cases[i], i);
  const PatientRows patients(table);
  JoinedCohort joined{{table.file, chosen, {}}, {}};
  joined.notes = std::move(notes);
  std::map<size_t, std::string> taken;  // rows, by whom
  for (const CohortCase& one : cohort.cases) {
    auto place = places.find(one.name);
    if (place == places.end()) place = places.find(nameInR(one.name));
    const std::optional<size_t> row = place != places.end() ? place->second : patients.tumourOf(one.name);
    if (!row) {
      joined.leftOut.push_back(one.name);
      continue;
    }
    if (place == places.end()) {
      ++joined.byPatient;
      joined.otherSamples += patients.countOf(one.name) - 1;
    }
    if (const auto [other, fresh] = taken.emplace(*row, one.name); !fresh)
      return fail(fmt::format("Cannot use the table '{}': row {} may be the case '{}' or '{}'.",
                              table.file.string(), table.rows[*row], other->second, one.name));
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
