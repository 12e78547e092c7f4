// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <set>

#include "inference/learning/csv_line.h"

namespace geneglass {
namespace {

constexpr size_t kFirstGene = 3;

bool sameLabels(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

/// Builds the cohort row by row; each step returns the reason against it.
class CohortReader final {
 public:
  CohortReader(std::filesystem::path file, LabelsAre labels) : m_labels(labels) {
    m_cohort.file = std::move(file);
  }

  Result<Cohort> read() {
    std::ifstream stream(m_cohort.file);
    if (!stream) return fail(fmt::format("Cannot open the cohort '{}'.", m_cohort.file.string()));
    std::string line;
    for (m_row = 1; std::getline(stream, line); ++m_row) {
      if (m_row > 1 && isBlank(line)) continue;
      const Result<void> read = m_row == 1 ? readHeader(line) : readRow(cellsOf(line));
      if (!read) return tl::unexpected(read.error());
    }
    if (m_row == 1) return refuse("the file is empty");
    if (m_cohort.cases.empty()) return refuse("it has a header and no rows");
    return std::move(m_cohort);
  }

 private:
  tl::unexpected<Error> refuse(const std::string& reason) const {
    return fail(fmt::format("Cannot use the cohort '{}': {}.", m_cohort.file.string(), reason));
  }
  tl::unexpected<Error> refuseRow(const std::string& reason) const {
    return refuse(fmt::format("row {}: {}", m_row, reason));
  }

  Result<void> readHeader(const std::string& line) {
    if (const auto separator = otherSeparator(line))
      return refuseRow(fmt::format("the columns are separated by {}; separate them with commas", *separator));
    const std::vector<std::string> cells = cellsOf(withoutByteOrderMark(line));
    if (cells.size() < kFirstGene || cells[0] != "slide" || cells[1] != "case" || cells[2] != "split")
      return refuseRow("the header must begin with slide,case,split");
    m_cohort.genes.assign(cells.begin() + kFirstGene, cells.end());
    if (m_labels == LabelsAre::Elsewhere && !m_cohort.genes.empty())
      return refuseRow(fmt::format("there is a column {}, but the values are in a table of their own",
                                   m_cohort.genes.front()));
    if (m_labels == LabelsAre::Here && m_cohort.genes.empty())
      return refuseRow("there is no column for a gene after slide,case,split");
    return checkGenes();
  }

  Result<void> checkGenes() const {
    std::set<std::string> seen;
    for (const std::string& gene : m_cohort.genes) {
      if (gene.empty()) return refuseRow("a column has no name");
      if (!seen.insert(gene).second) return refuseRow(fmt::format("the gene {} has two columns", gene));
    }
    return {};
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    const size_t columns = m_cohort.genes.size() + kFirstGene;
    if (cells.size() != columns)
      return refuseRow(fmt::format("{} cells where the header has {}", cells.size(), columns));
    if (cells[1].empty()) return refuseRow("the case has no name");
    if (cells[2] != "train" && cells[2] != "test")
      return refuseRow(fmt::format("the split is '{}'; it must be train or test", cells[2]));
    CohortCase one{cells[1], cells[2] == "test" ? Split::Test : Split::Train, {}, {}, m_row};
    if (Result<void> slide = readSlide(cells[0], one); !slide) return slide;
    if (Result<void> labels = readLabels(cells, one); !labels) return labels;
    return addCase(std::move(one));
  }

  Result<void> readSlide(const std::string& cell, CohortCase& one) {
    const std::filesystem::path slide = (m_cohort.file.parent_path() / cell).lexically_normal();
    if (cell.empty() || !std::filesystem::is_regular_file(slide))
      return refuseRow(fmt::format("there is no slide '{}'", cell));
    const auto [place, fresh] = m_slideRows.emplace(std::filesystem::weakly_canonical(slide), m_row);
    if (!fresh)
      return refuseRow(fmt::format("the slide '{}' was given in row {} already", cell, place->second));
    one.slides.push_back(slide);
    return {};
  }

  Result<void> readLabels(const std::vector<std::string>& cells, CohortCase& one) const {
    for (size_t gene = 0; gene < m_cohort.genes.size(); ++gene) {
      const std::string& cell = cells[gene + kFirstGene];
      const auto value = cell.empty() ? std::numeric_limits<float>::quiet_NaN() : numberOf(cell);
      if (!value)
        return refuseRow(
            fmt::format("'{}' for {} is not a number; leave the cell empty where a value is missing", cell,
                        m_cohort.genes[gene]));
      one.labels.push_back(*value);
    }
    return {};
  }

  Result<void> addCase(CohortCase one) {
    const auto [place, fresh] = m_caseRows.emplace(one.name, std::pair(m_cohort.cases.size(), m_row));
    if (fresh) return addNewCase(std::move(one));
    CohortCase& known = m_cohort.cases[place->second.first];
    if (known.split != one.split)
      return refuseRow(
          fmt::format("the case '{}' is in both splits (see row {})", one.name, place->second.second));
    if (!sameLabels(known.labels, one.labels))
      return refuseRow(
          fmt::format("the values of case '{}' differ from row {}", one.name, place->second.second));
    known.slides.push_back(one.slides.front());
    return {};
  }

  Result<void> addNewCase(CohortCase one) {
    const auto [place, fresh] = m_patients.emplace(patientOf(one.name), m_cohort.cases.size());
    if (!fresh) {
      const CohortCase& known = m_cohort.cases[place->second];
      return refuseRow(fmt::format(
          "the case '{}' is of the same patient as '{}' in row {}, and the two could come into different "
          "folds; give both one name",
          one.name, known.name, known.row));
    }
    m_cohort.cases.push_back(std::move(one));
    return {};
  }

  Cohort m_cohort;
  const LabelsAre m_labels;
  size_t m_row = 1;
  std::map<std::string, size_t> m_patients;  ///< index of the patient's case
  std::map<std::filesystem::path, size_t> m_slideRows;
  std::map<std::string, std::pair<size_t, size_t>> m_caseRows;  ///< index of the case, its first row
};

bool variesIn(const std::vector<CohortCase>& cases, size_t gene) {
  std::set<float> values;
  for (const CohortCase& one : cases)
    if (!std::isnan(one.labels[gene])) values.insert(one.labels[gene]);
  return values.size() > 1;
}

}  // namespace

std::string patientOf(const std::string& name) {
  constexpr size_t kPatient = 12;
  return name.starts_with("TCGA-") && name.size() > kPatient && name[kPatient] == '-'
             ? name.substr(0, kPatient)
             : name;
}

Matrix Cohort::labels() const {
  Matrix all(cases.size(), genes.size());
  for (size_t i = 0; i < cases.size(); ++i)
    std::copy(cases[i].labels.begin(), cases[i].labels.end(), all.row(i).begin());
  return all;
}

size_t Cohort::slideCount() const {
  size_t count = 0;
  for (const CohortCase& one : cases) count += one.slides.size();
  return count;
}

Result<Cohort> readCohort(const std::filesystem::path& file, LabelsAre labels) {
  return CohortReader(file, labels).read();
}

Result<Cohort> chooseCases(const Cohort& cohort, Split split, size_t minimum) {
  Cohort chosen{cohort.file, cohort.genes, {}};
  std::copy_if(cohort.cases.begin(), cohort.cases.end(), std::back_inserter(chosen.cases),
               [&](const CohortCase& one) { return one.split == split; });
  const char* name = split == Split::Train ? "train" : "test";
  if (chosen.cases.size() < minimum)
    return fail(
        fmt::format("Cannot use the cohort '{}': {} cases are in the split {}, at least {} are needed.",
                    cohort.file.string(), chosen.cases.size(), name, minimum));
  for (size_t gene = 0; gene < chosen.genes.size(); ++gene)
    if (!variesIn(chosen.cases, gene))
      return fail(
          fmt::format("Cannot use the cohort '{}': the gene {} has one and the same value in every case of "
                      "the split {}.",
                      cohort.file.string(), chosen.genes[gene], name));
  return chosen;
}

Result<Cohort> chooseCasesToEvaluate(const Cohort& cohort) {
  const bool anyTest = std::any_of(cohort.cases.begin(), cohort.cases.end(),
                                   [](const CohortCase& one) { return one.split == Split::Test; });
  return chooseCases(cohort, anyTest ? Split::Test : Split::Train, 3);
}

}  // namespace geneglass
