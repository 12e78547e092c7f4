// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/diagnosis_cohort.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

namespace geneglass {
namespace {

tl::unexpected<Error> refuse(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the cohort '{}': {}.", file.string(), reason));
}

/// Builds the cohort row by row.
class SlideReader final {
 public:
  SlideReader(std::filesystem::path file, std::string label) : m_rows(std::move(file)) {
    m_cohort.file = m_rows.csv().file();
    m_cohort.label = std::move(label);
  }

  Result<DiagnosisCohort> read() {
    const Result<void> read =
        m_rows.read([this](const std::vector<std::string>& cells) { return readHeader(cells); },
                    [this](SlideRow row, const std::vector<std::string>& cells) {
                      return readRow(std::move(row), cells);
                    });
    if (!read) return tl::unexpected(read.error());
    return std::move(m_cohort);
  }

 private:
  tl::unexpected<Error> refuseRow(const std::string& reason) const { return m_rows.csv().refuseRow(reason); }

  Result<void> readHeader(const std::vector<std::string>& cells) {
    const auto labels = cells.begin() + SlideRows::kOwn;
    const auto column = std::find(labels, cells.end(), m_cohort.label);
    if (column == cells.end()) return refuseRow(fmt::format("there is no column {}", m_cohort.label));
    if (std::count(labels, cells.end(), m_cohort.label) > 1)
      return refuseRow(fmt::format("there are two columns {}", m_cohort.label));
    m_column = size_t(column - cells.begin());
    return {};
  }

  Result<void> readRow(SlideRow row, const std::vector<std::string>& cells) {
    const std::string& label = cells[m_column];
    if (label != "0" && label != "1")
      return refuseRow(fmt::format("'{}' for {} is neither 0 nor 1", shortened(label), m_cohort.label));
    DiagnosedSlide slide{std::move(row.slide), 0, row.split, label == "1"};
    if (Result<void> found = findPatient(patientOf(row.name), slide); !found) return found;
    m_cohort.slides.push_back(std::move(slide));
    return {};
  }

  Result<void> findPatient(const std::string& name, DiagnosedSlide& slide) {
    const auto [place, fresh] =
        m_patients.emplace(name, Known{m_cohort.patients.size(), m_rows.csv().row(), slide.split});
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

  SlideRows m_rows;
  DiagnosisCohort m_cohort;
  size_t m_column = 0;
  std::map<std::string, Known> m_patients;
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
      return refuse(cohort.file, fmt::format("no slide of the split {} has {} = {}", toString(split),
                                             cohort.label, kind ? 1 : 0));
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

Result<Folds> chooseFoldsOfPatients(const DiagnosisCohort& cohort, const FoldChoice& choice) {
  Result<Folds> folds = choice.file.empty()
                            ? Folds{choice.count, assignPatients(cohort, choice.count, choice.seed)}
                            : readFolds(choice.file, cohort.asCases());
  if (!folds) return folds;
  if (const Result<void> checked = checkDiagnosisFolds(cohort, *folds); !checked)
    return tl::unexpected(checked.error());
  return folds;
}

}  // namespace geneglass
