// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/fold_change.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>
#include <optional>

#include "inference/learning/cohort/tcga_barcode.h"

namespace geneglass {
namespace {

/// log2 of any count stays below this; so do few tables of counts.
constexpr float kLogarithmsEnd = 25;

enum class Sample { Tumour = 1, Normal = 11 };  ///< as TCGA numbers them

const char* toString(Sample sample) {
  return sample == Sample::Tumour ? "tumour" : "normal";
}

/// One table, by patient and gene.
class Samples final {
 public:
  Samples(const ExpressionTable& table, Sample kind) : m_table(table), m_kind(kind) {}

  /// `alone`: whether the table holds samples of this kind only.
  Result<void> find(const std::vector<std::string>& genes, bool alone, std::vector<std::string>& notes) {
    if (Result<void> found = findRows(alone, notes); !found) return found;
    Result<std::vector<size_t>> columns = columnsOf(m_table, genes, notes);
    if (!columns) return tl::unexpected(columns.error());
    m_columns = std::move(*columns);
    return checkValues(genes, notes);
  }

  std::optional<size_t> rowOf(const std::string& patient) const {
    const auto place = m_places.find(patient);
    return place == m_places.end() ? std::nullopt : std::optional(place->second);
  }
  float at(size_t row, size_t gene) const { return m_table.values.at(row, m_columns[gene]); }
  size_t fileRow(size_t row) const { return m_table.rows[row]; }
  std::string file() const { return m_table.file.string(); }
  Sample kind() const { return m_kind; }

 private:
  tl::unexpected<Error> refuse(const std::string& why) const {
    return fail(fmt::format("Cannot use the table '{}': {}.", file(), why));
  }

  Result<void> findRows(bool alone, std::vector<std::string>& notes) {
    for (size_t row = 0; row < m_table.cases.size(); ++row) {
      const std::string& name = m_table.cases[row];
      const auto barcode = tcgaBarcode(name);
      const int code = barcode && barcode->sampleType > 0 ? barcode->sampleType : int(m_kind);
      const Sample other = m_kind == Sample::Tumour ? Sample::Normal : Sample::Tumour;
      if (code == int(other)) {
        if (alone)
          return refuse(fmt::format("row {}: '{}' is a {} sample by its barcode, in the table of {} samples",
                                    fileRow(row), name, toString(other), toString(m_kind)));
        continue;
      }
      if (code != int(m_kind)) {
        if (alone || m_kind == Sample::Tumour)
          notes.push_back(fmt::format(
              "Row {} of '{}': '{}' is neither a primary tumour (01) nor normal tissue (11) and is left out.",
              fileRow(row), file(), name));
        continue;
      }
      const auto [place, fresh] = m_places.emplace(patientOf(name), row);
      if (!fresh)
        return refuse(fmt::format("row {}: '{}' has a {} sample in row {} already; leave one of them",
                                  fileRow(row), place->first, toString(m_kind), fileRow(place->second)));
    }
    return {};
  }

  Result<void> checkValues(const std::vector<std::string>& genes, std::vector<std::string>& notes) const {
    float largest = 0;
    for (const auto& [patient, row] : m_places)
      for (size_t gene = 0; gene < genes.size(); ++gene) {
        const float value = at(row, gene);
        if (value < 0)
          return refuse(
              fmt::format("row {}: the value {} of {} is below 0; fold changes need counts or TPM, "
                          "not their logarithms",
                          fileRow(row), value, genes[gene]));
        if (value > largest) largest = value;
      }
    if (largest <= kLogarithmsEnd)
      notes.push_back(fmt::format(
          "No value of '{}' is above {}, as in a table of logarithms; fold changes need counts or TPM.",
          file(), largest));
    return {};
  }

  const ExpressionTable& m_table;
  const Sample m_kind;
  std::map<std::string, size_t> m_places;
  std::vector<size_t> m_columns;
};

float foldChange(float tumour, float normal, LabelRule rule) {
  if (rule == LabelRule::FoldChangeLog2) return std::log2((tumour + 1) / (normal + 1));
  return normal == 0 ? NAN : std::log10(1 + tumour / normal);
}

/// The rows of one patient in both tables.
struct Pair {
  size_t tumour = 0;
  size_t normal = 0;
};

/// The pair of a case; says what is missing.
std::optional<Pair> pairOf(const CohortCase& one, const Samples& tumour, const Samples& normal,
                           std::vector<std::string>& notes) {
  const std::string patient = patientOf(one.name);
  const std::optional<size_t> first = tumour.rowOf(patient), second = normal.rowOf(patient);
  for (const auto& [row, table] : {std::pair(first, &tumour), std::pair(second, &normal)})
    if (!row)
      notes.push_back(fmt::format("The case '{}' has no {} sample in '{}' and is left out.", one.name,
                                  toString(table->kind()), table->file()));
  if (!first || !second) return {};
  return Pair{*first, *second};
}

}  // namespace

Result<FoldChanges> foldChanges(const Cohort& cohort, const ExpressionTable& tumour,
                                const ExpressionTable& normal, const std::vector<std::string>& genes,
                                LabelRule rule) {
  const std::vector<std::string>& chosen = genes.empty() ? tumour.genes : genes;
  FoldChanges made{{tumour.file, chosen, {}}, {}};
  Samples tumours(tumour, Sample::Tumour), normals(normal, Sample::Normal);
  const bool apart = tumour.file != normal.file;
  for (Samples* samples : {&tumours, &normals})
    if (Result<void> found = samples->find(chosen, apart, made.notes); !found)
      return tl::unexpected(found.error());
  for (const CohortCase& one : cohort.cases) {
    const std::optional<Pair> pair = pairOf(one, tumours, normals, made.notes);
    if (!pair) continue;
    CohortCase with = one;
    with.row = tumours.fileRow(pair->tumour);
    with.labels.clear();
    std::vector<std::string> zeros;
    for (size_t gene = 0; gene < chosen.size(); ++gene) {
      const float t = tumours.at(pair->tumour, gene), n = normals.at(pair->normal, gene);
      with.labels.push_back(foldChange(t, n, rule));
      if (n == 0 && !std::isnan(t) && rule == LabelRule::FoldChangeLog10) zeros.push_back(chosen[gene]);
    }
    if (!zeros.empty())
      made.notes.push_back(
          fmt::format("Row {} of '{}': the count of {} is 0, so the fold change of '{}' is not defined there "
                      "and is left out.",
                      normals.fileRow(pair->normal), normals.file(), fmt::join(zeros, ", "), one.name));
    made.cohort.cases.push_back(std::move(with));
  }
  if (made.cohort.cases.empty())
    return fail(
        fmt::format("Cannot make fold changes: no case of '{}' has a tumour sample in '{}' and a normal "
                    "sample in '{}'.",
                    cohort.file.string(), tumours.file(), normals.file()));
  return made;
}

}  // namespace geneglass
