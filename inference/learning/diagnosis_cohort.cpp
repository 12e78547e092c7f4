// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/diagnosis_cohort.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <random>

#include "inference/learning/csv_line.h"

namespace geneglass {
namespace {

tl::unexpected<Error> refuse(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the cohort '{}': {}.", file.string(), reason));
}

/// Builds the cohort row by row.
class SlideReader final {
 public:
  SlideReader(std::filesystem::path file, std::string label) {
    m_cohort.file = std::move(file);
    m_cohort.label = std::move(label);
  }

  Result<DiagnosisCohort> read() {
    std::ifstream stream(m_cohort.file);
    if (!stream) return fail(fmt::format("Cannot open the cohort '{}'.", m_cohort.file.string()));
    std::string line;
    for (m_row = 1; std::getline(stream, line); ++m_row) {
      if (m_row > 1 && isBlank(line)) continue;
      const Result<void> read = m_row == 1 ? readHeader(line) : readRow(cellsOf(line));
      if (!read) return tl::unexpected(read.error());
    }
    if (m_row == 1) return refuse(m_cohort.file, "the file is empty");
    if (m_cohort.slides.empty()) return refuse(m_cohort.file, "it has a header and no rows");
    return std::move(m_cohort);
  }

 private:
  tl::unexpected<Error> refuseRow(const std::string& reason) const {
    return refuse(m_cohort.file, fmt::format("row {}: {}", m_row, reason));
  }

  Result<void> readHeader(const std::string& line) {
    if (const auto separator = otherSeparator(line))
      return refuseRow(fmt::format("the columns are separated by {}; separate them with commas", *separator));
    const std::vector<std::string> cells = cellsOf(withoutByteOrderMark(line));
    if (cells.size() < 3 || cells[0] != "slide" || cells[1] != "case" || cells[2] != "split")
      return refuseRow("the header must begin with slide,case,split");
    m_columns = cells.size();
    m_column = size_t(std::find(cells.begin() + 3, cells.end(), m_cohort.label) - cells.begin());
    if (m_column == m_columns) return refuseRow(fmt::format("there is no column {}", m_cohort.label));
    if (std::count(cells.begin() + 3, cells.end(), m_cohort.label) > 1)
      return refuseRow(fmt::format("there are two columns {}", m_cohort.label));
    return {};
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    if (cells.size() != m_columns)
      return refuseRow(fmt::format("{} cells where the header has {}", cells.size(), m_columns));
    if (cells[1].empty()) return refuseRow("the case has no name");
    if (cells[2] != "train" && cells[2] != "test")
      return refuseRow(fmt::format("the split is '{}'; it must be train or test", cells[2]));
    const std::string& label = cells[m_column];
    if (label != "0" && label != "1")
      return refuseRow(fmt::format("'{}' for {} is neither 0 nor 1", label, m_cohort.label));
    DiagnosedSlide slide{{}, 0, cells[2] == "test" ? Split::Test : Split::Train, label == "1"};
    if (Result<void> found = findSlide(cells[0], slide); !found) return found;
    if (Result<void> found = findPatient(patientOf(cells[1]), slide); !found) return found;
    m_cohort.slides.push_back(std::move(slide));
    return {};
  }

  Result<void> findSlide(const std::string& cell, DiagnosedSlide& slide) {
    slide.file = (m_cohort.file.parent_path() / cell).lexically_normal();
    if (cell.empty() || !std::filesystem::is_regular_file(slide.file))
      return refuseRow(fmt::format("there is no slide '{}'", cell));
    const auto [place, fresh] = m_slideRows.emplace(std::filesystem::weakly_canonical(slide.file), m_row);
    if (!fresh)
      return refuseRow(fmt::format("the slide '{}' was given in row {} already", cell, place->second));
    return {};
  }

  Result<void> findPatient(const std::string& name, DiagnosedSlide& slide) {
    const auto [place, fresh] = m_patients.emplace(name, Known{m_cohort.patients.size(), m_row, slide.split});
    if (fresh) m_cohort.patients.push_back(name);
    slide.patient = place->second.index;
    if (place->second.split != slide.split)
      return refuseRow(fmt::format("the case '{}' is in both splits (see row {})", name, place->second.row));
    return {};
  }

  struct Known {
    size_t index = 0;
    size_t row = 0;
    Split split = Split::Train;
  };

  DiagnosisCohort m_cohort;
  size_t m_row = 1, m_column = 0, m_columns = 0;
  std::map<std::string, Known> m_patients;
  std::map<std::filesystem::path, size_t> m_slideRows;
};

}  // namespace

std::vector<bool> DiagnosisCohort::positives() const {
  std::vector<bool> all;
  for (const DiagnosedSlide& slide : slides) all.push_back(slide.positive);
  return all;
}

std::vector<size_t> DiagnosisCohort::patientOfSlide() const {
  std::vector<size_t> all;
  for (const DiagnosedSlide& slide : slides) all.push_back(slide.patient);
  return all;
}

Cohort DiagnosisCohort::asCases() const {
  Cohort cases{file, {}, {}};
  for (const std::string& patient : patients)
    cases.cases.push_back({.name = patient, .slides = {}, .labels = {}});
  return cases;
}

Result<DiagnosisCohort> readDiagnosisCohort(const std::filesystem::path& file, const std::string& label) {
  return SlideReader(file, label).read();
}

Result<DiagnosisCohort> chooseSlides(const DiagnosisCohort& cohort, Split split) {
  DiagnosisCohort chosen{cohort.file, cohort.label, {}, {}};
  std::map<size_t, size_t> places;
  for (const DiagnosedSlide& slide : cohort.slides) {
    if (slide.split != split) continue;
    const auto [place, fresh] = places.emplace(slide.patient, chosen.patients.size());
    if (fresh) chosen.patients.push_back(cohort.patients[slide.patient]);
    chosen.slides.push_back(slide);
    chosen.slides.back().patient = place->second;
  }
  const std::vector<bool> positives = chosen.positives();
  for (const bool kind : {false, true})
    if (std::find(positives.begin(), positives.end(), kind) == positives.end())
      return refuse(cohort.file,
                    fmt::format("no slide of the split {} has {} = {}",
                                split == Split::Train ? "train" : "test", cohort.label, kind ? 1 : 0));
  return chosen;
}

Result<DiagnosisCohort> chooseSlidesToEvaluate(const DiagnosisCohort& cohort) {
  const bool anyTest = std::any_of(cohort.slides.begin(), cohort.slides.end(),
                                   [](const DiagnosedSlide& slide) { return slide.split == Split::Test; });
  return chooseSlides(cohort, anyTest ? Split::Test : Split::Train);
}

std::vector<int> assignPatients(const DiagnosisCohort& cohort, int folds, uint64_t seed) {
  std::vector<int> kinds(cohort.patients.size());  // 1: normal slides, 2: tumour slides, 3: both
  for (const DiagnosedSlide& slide : cohort.slides) kinds[slide.patient] |= slide.positive ? 2 : 1;
  std::mt19937_64 random(seed);
  std::vector<int> assigned(kinds.size());
  int next = 0;
  for (const int kind : {3, 2, 1}) {
    std::vector<size_t> alike;
    for (size_t patient = 0; patient < kinds.size(); ++patient)
      if (kinds[patient] == kind) alike.push_back(patient);
    std::shuffle(alike.begin(), alike.end(), random);
    for (const size_t patient : alike) assigned[patient] = next++ % folds;
  }
  return assigned;
}

Result<void> checkDiagnosisFolds(const DiagnosisCohort& cohort, const Folds& folds) {
  std::vector<std::array<int, 2>> counts(size_t(folds.count));
  for (const DiagnosedSlide& slide : cohort.slides)
    ++counts[size_t(folds.ofCase[slide.patient])][slide.positive ? 1 : 0];
  for (int fold = 0; fold < folds.count; ++fold)
    for (const int kind : {0, 1})
      if (counts[size_t(fold)][size_t(kind)] == 0)
        return refuse(cohort.file,
                      fmt::format("the fold {} has no slide with {} = {}; give more patients, or "
                                  "fewer folds",
                                  fold, cohort.label, kind));
  return {};
}

}  // namespace geneglass
