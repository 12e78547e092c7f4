// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/cohort.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "inference/learning/cohort/tcga_barcode.h"
#include "viewer/foundation/files/csv_line.h"

namespace geneglass {
namespace {

constexpr size_t kMostClasses = 20;

bool sameLabels(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

/// In small letters, without spaces.
std::string plainly(const std::string& name) {
  std::string plain;
  for (const char letter : name)
    if (!std::isspace(static_cast<unsigned char>(letter)))
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return plain;
}

/// Whether a class's name says that what is looked for is not there.
bool saysAbsent(const std::string& name) {
  static const std::set<std::string> absent{"no",     "none",     "false",     "negative", "absent",
                                            "normal", "healthy",  "benign",    "control",  "low",
                                            "wt",     "wildtype", "wild-type", "mss",      "pmmr"};
  return absent.contains(plainly(name));
}

/// The alphabet's, but that of two the one which says "absent" comes first.
std::vector<std::string> inOrder(const std::set<std::string>& names) {
  std::vector<std::string> order(names.begin(), names.end());
  if (order.size() == 2 && saysAbsent(order[1]) && !saysAbsent(order[0])) std::swap(order[0], order[1]);
  return order;
}

/// Builds the cohort row by row; each step returns the reason against it.
class CohortReader final {
 public:
  CohortReader(std::filesystem::path file, LabelsAre labels) : m_rows(std::move(file)), m_labels(labels) {
    m_cohort.file = m_rows.csv().file();
  }
  /// Of classes.
  CohortReader(std::filesystem::path file, std::string label)
      : CohortReader(std::move(file), LabelsAre::Here) {
    m_cohort.genes = {std::move(label)};
    m_cohort.target = Classes{};
  }

  Result<Cohort> read() {
    const Result<void> read =
        m_rows.read([this](const std::vector<std::string>& cells) { return readHeader(cells); },
                    [this](SlideRow row, const std::vector<std::string>& cells) {
                      return readRow(std::move(row), cells);
                    });
    if (!read) return tl::unexpected(read.error());
    if (const Result<void> named = isOfClasses() ? nameClasses() : Result<void>(); !named)
      return tl::unexpected(named.error());
    return std::move(m_cohort);
  }

 private:
  tl::unexpected<Error> refuseRow(const std::string& reason) const { return m_rows.csv().refuseRow(reason); }

  bool isOfClasses() const { return std::holds_alternative<Classes>(m_cohort.target); }

  Result<void> readHeader(const std::vector<std::string>& cells) {
    if (isOfClasses()) return findColumn(cells);
    m_cohort.genes.assign(cells.begin() + SlideRows::kOwn, cells.end());
    if (m_labels == LabelsAre::Elsewhere && !m_cohort.genes.empty())
      return refuseRow(fmt::format("there is a column {}, but the values are in a table of their own",
                                   m_cohort.genes.front()));
    if (m_labels == LabelsAre::Here && m_cohort.genes.empty())
      return refuseRow("there is no column for a gene after slide,case,split");
    return checkGenes();
  }

  Result<void> findColumn(const std::vector<std::string>& cells) {
    const std::string& label = m_cohort.genes.front();
    const auto labels = cells.begin() + SlideRows::kOwn;
    const auto column = std::find(labels, cells.end(), label);
    if (column == cells.end()) return refuseRow(fmt::format("there is no column {}", label));
    if (std::count(labels, cells.end(), label) > 1)
      return refuseRow(fmt::format("there are two columns {}", label));
    m_column = size_t(column - cells.begin());
    return {};
  }

  Result<void> checkGenes() const {
    std::set<std::string> seen;
    for (const std::string& gene : m_cohort.genes) {
      if (gene.empty()) return refuseRow("a column has no name");
      if (!seen.insert(gene).second) return refuseRow(fmt::format("the gene {} has two columns", gene));
    }
    return {};
  }

  Result<void> readRow(SlideRow row, const std::vector<std::string>& cells) {
    if (isOfClasses()) return addSlide(std::move(row), cells[m_column]);
    CohortCase one{std::move(row.name), row.split, {std::move(row.slide)}, {}, m_rows.csv().row()};
    if (Result<void> labels = readLabels(cells, one); !labels) return labels;
    return addCase(std::move(one));
  }

  Result<void> readLabels(const std::vector<std::string>& cells, CohortCase& one) const {
    for (size_t gene = 0; gene < m_cohort.genes.size(); ++gene) {
      const std::string& cell = cells[gene + SlideRows::kOwn];
      const std::optional<float> value = measurementOf(cell);
      if (!value)
        return refuseRow(
            fmt::format("'{}' for {} is not a number; leave the cell empty where a value is missing",
                        shortened(cell), m_cohort.genes[gene]));
      one.labels.push_back(*value);
    }
    return {};
  }

  Result<void> addSlide(SlideRow row, const std::string& label) {
    CohortCase one{patientOf(row.name), row.split, {std::move(row.slide)}, {}, m_rows.csv().row()};
    const auto [place, fresh] = m_caseRows.emplace(one.name, std::pair(m_cohort.cases.size(), one.row));
    if (!fresh && m_cohort.cases[place->second.first].split != one.split)
      return refuseRow(
          fmt::format("the case '{}' is in both splits (see row {})", one.name, place->second.second));
    m_cohort.cases.push_back(std::move(one));
    m_texts.push_back(label);
    return {};
  }

  /// Once all labels are known.
  Result<void> nameClasses() {
    const std::set<std::string> texts(m_texts.begin(), m_texts.end());
    const bool numbered = texts.contains("0") || texts.contains("1");
    const std::vector<std::string> known = numbered ? std::vector<std::string>{"0", "1"} : inOrder(texts);
    for (size_t i = 0; i < m_texts.size(); ++i) {
      const auto found = std::ranges::find(known, m_texts[i]);
      if (found == known.end()) return refuseLabel(i, "is neither 0 nor 1");
      if (m_texts[i].empty()) return refuseLabel(i, "names no class");
      m_cohort.cases[i].labels = {float(found - known.begin())};
    }
    m_cohort.target =
        Classes{numbered ? std::vector{std::string("normal"), m_cohort.genes.front()} : known, numbered};
    return numbered ? Result<void>() : checkNames(known);
  }

  tl::unexpected<Error> refuseLabel(size_t which, const std::string& why) const {
    return fail(fmt::format("Cannot use the cohort '{}': row {}: '{}' for {} {}.", m_cohort.file.string(),
                            m_cohort.cases[which].row, shortened(m_texts[which]), m_cohort.genes.front(),
                            why));
  }

  Result<void> checkNames(const std::vector<std::string>& names) const {
    if (names.size() < 2) return refuseLabel(0, "is the only class; two or more are needed");
    if (names.size() > kMostClasses)
      return fail(
          fmt::format("Cannot use the cohort '{}': the column {} has {} different texts; as classes "
                      "{} are the most.",
                      m_cohort.file.string(), m_cohort.genes.front(), names.size(), kMostClasses));
    std::map<std::string, std::string> known;  // by what it is without regard to case and spaces
    for (size_t i = 0; i < m_texts.size(); ++i) {
      const auto [same, fresh] = known.emplace(plainly(m_texts[i]), m_texts[i]);
      if (!fresh && same->second != m_texts[i])
        return refuseLabel(
            i, fmt::format("may be the same class as '{}'; write both alike", shortened(same->second)));
    }
    return {};
  }

  Result<void> addCase(CohortCase one) {
    const auto [place, fresh] = m_caseRows.emplace(one.name, std::pair(m_cohort.cases.size(), one.row));
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

  SlideRows m_rows;
  const LabelsAre m_labels;
  Cohort m_cohort;
  size_t m_column = 0;                                          ///< of classes: of their label
  std::vector<std::string> m_texts;                             ///< of classes: the label of each case
  std::map<std::string, size_t> m_patients;                     ///< index of the patient's case
  std::map<std::string, std::pair<size_t, size_t>> m_caseRows;  ///< index of the case, its first row
};

bool variesIn(const std::vector<CohortCase>& cases, size_t gene) {
  std::set<float> values;
  for (const CohortCase& one : cases)
    if (!std::isnan(one.labels[gene])) values.insert(one.labels[gene]);
  return values.size() > 1;
}

/// Whether all that is to be learnt is there.
Result<void> checkChosen(const Cohort& chosen, const std::string& split) {
  const std::vector<size_t> classes = chosen.classOfCase();
  for (size_t which = 0; which < chosen.classCount(); ++which)
    if (std::ranges::find(classes, which) == classes.end())
      return fail(fmt::format("Cannot use the cohort '{}': no slide of the split {} has {} = {}.",
                              chosen.file.string(), split, chosen.genes.front(), chosen.valueOf(which)));
  if (!classes.empty()) return {};
  for (size_t gene = 0; gene < chosen.genes.size(); ++gene)
    if (!variesIn(chosen.cases, gene))
      return fail(
          fmt::format("Cannot use the cohort '{}': the gene {} has one and the same value in every case of "
                      "the split {}.",
                      chosen.file.string(), chosen.genes[gene], split));
  return {};
}

}  // namespace

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

std::vector<size_t> Cohort::patientOfCase() const {
  std::map<std::string, size_t> places;
  std::vector<size_t> all;
  for (const CohortCase& one : cases) all.push_back(places.emplace(one.name, places.size()).first->second);
  return all;
}

size_t Cohort::patientCount() const {
  std::set<std::string> names;
  for (const CohortCase& one : cases) names.insert(one.name);
  return names.size();
}

size_t Cohort::classCount() const {
  const auto* classes = std::get_if<Classes>(&target);
  return classes ? classes->names.size() : 0;
}

std::vector<size_t> Cohort::classOfCase() const {
  std::vector<size_t> all;
  if (classCount() > 0)
    for (const CohortCase& one : cases) all.push_back(size_t(one.labels.front()));
  return all;
}

std::string Cohort::valueOf(size_t which) const {
  const auto& classes = std::get<Classes>(target);
  return classes.numbered ? std::to_string(which) : classes.names[which];
}

Result<Cohort> readClassCohort(const std::filesystem::path& file, const std::string& label) {
  return CohortReader(file, label).read();
}

Result<Cohort> readCohort(const std::filesystem::path& file, LabelsAre labels) {
  return CohortReader(file, labels).read();
}

Result<Cohort> chooseCases(const Cohort& cohort, Split split, size_t minimum) {
  Cohort chosen{cohort.file, cohort.genes, {}, cohort.target};
  std::copy_if(cohort.cases.begin(), cohort.cases.end(), std::back_inserter(chosen.cases),
               [&](const CohortCase& one) { return one.split == split; });
  const char* name = toString(split);
  if (chosen.cases.size() < minimum)
    return fail(
        fmt::format("Cannot use the cohort '{}': {} cases are in the split {}, at least {} are needed.",
                    cohort.file.string(), chosen.cases.size(), name, minimum));
  if (const Result<void> checked = checkChosen(chosen, name); !checked)
    return tl::unexpected(checked.error());
  return chosen;
}

Result<Cohort> chooseCasesToEvaluate(const Cohort& cohort) {
  const bool anyTest = std::any_of(cohort.cases.begin(), cohort.cases.end(),
                                   [](const CohortCase& one) { return one.split == Split::Test; });
  return chooseCases(cohort, anyTest ? Split::Test : Split::Train, cohort.classCount() > 0 ? 0 : 3);
}

}  // namespace geneglass
