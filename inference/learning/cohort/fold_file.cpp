// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/fold_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {
namespace {

constexpr int kMostFolds = 1000;

struct Place {
  int fold = 0;
  std::string where;  ///< "row 3", or the file and row
};
using Places = std::map<std::string, Place>;

tl::unexpected<Error> refuseFolds(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the folds '{}': {}.", file.string(), reason));
}

Result<void> place(Places& places, const std::string& name, int fold, const std::string& where,
                   const std::filesystem::path& file) {
  const auto [known, fresh] = places.emplace(name, Place{fold, where});
  if (fresh || known->second.fold == fold) return {};
  return refuseFolds(
      file, fmt::format("{}: the case '{}' is in another fold than in {}", where, name, known->second.where));
}

std::optional<int> wholeNumber(const std::string& cell) {
  int value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return {};
  return value;
}

Result<void> readFile(const std::filesystem::path& file, Places& places) {
  CsvReader csv(file, "folds");
  return csv.read(
      [&](const std::vector<std::string>& cells) -> Result<void> {
        if (cells != std::vector<std::string>{"case", "fold"})
          return csv.refuseRow("the header must be case,fold");
        return {};
      },
      [&](const std::vector<std::string>& cells) -> Result<void> {
        const std::optional<int> fold = wholeNumber(cells[1]);
        if (!fold || *fold < 0 || *fold > kMostFolds)
          return csv.refuseRow(fmt::format("'{}' is not the number of a fold", shortened(cells[1])));
        return place(places, cells[0], *fold, fmt::format("row {}", csv.row()), file);
      });
}

Result<void> readSplit(const std::filesystem::path& file, int fold, const std::filesystem::path& folder,
                       Places& places) {
  CsvReader csv(file, "folds");
  size_t column = 0;
  return csv.read(
      [&](const std::vector<std::string>& cells) -> Result<void> {
        column = size_t(std::find(cells.begin(), cells.end(), "val") - cells.begin());
        if (column == cells.size()) return csv.refuseRow("there is no column val");
        return {};
      },
      [&](const std::vector<std::string>& cells) -> Result<void> {
        if (cells[column].empty() || cells[column] == "NA") return {};
        const std::string where = fmt::format("{} row {}", file.filename().string(), csv.row());
        return place(places, cells[column], fold, where, folder);
      });
}

Result<void> readFolder(const std::filesystem::path& folder, Places& places) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  if (files.empty()) return refuseFolds(folder, "there is no CSV in it");
  std::sort(files.begin(), files.end());
  for (size_t fold = 0; fold < files.size(); ++fold)
    if (const Result<void> read = readSplit(files[fold], int(fold), folder, places); !read) return read;
  return {};
}

Result<void> checkFoldsOfClasses(const Cohort& cohort, const Folds& folds) {
  std::set<std::pair<int, size_t>> there;
  const std::vector<size_t> classes = cohort.classOfCase();
  for (size_t i = 0; i < classes.size(); ++i) there.emplace(folds.ofCase[i], classes[i]);
  for (int fold = 0; fold < folds.count; ++fold)
    for (size_t which = 0; which < cohort.classCount(); ++which)
      if (!there.contains({fold, which}))
        return fail(fmt::format(
            "Cannot use the cohort '{}': the fold {} has no slide with {} = {}; give more patients, "
            "or fewer folds.",
            cohort.file.string(), fold, cohort.genes.front(), cohort.valueOf(which)));
  return {};
}

/// Of each patient.
std::vector<int> dealPatients(const Cohort& cohort, int folds, uint64_t seed) {
  const std::vector<size_t> patients = cohort.patientOfCase(), classes = cohort.classOfCase();
  std::vector<uint32_t> kinds(cohort.patientCount());  // a bit a class
  for (size_t i = 0; i < patients.size(); ++i) kinds[patients[i]] |= 1U << classes[i];
  std::mt19937_64 random(seed);
  std::vector<int> assigned(kinds.size());
  int next = 0;
  for (const uint32_t kind : std::set<uint32_t, std::greater<>>(kinds.begin(), kinds.end())) {
    std::vector<size_t> alike;
    for (size_t patient = 0; patient < kinds.size(); ++patient)
      if (kinds[patient] == kind) alike.push_back(patient);
    std::shuffle(alike.begin(), alike.end(), random);
    for (const size_t patient : alike) assigned[patient] = next++ % folds;
  }
  return assigned;
}

}  // namespace

std::vector<int> assignFolds(const Cohort& cohort, int folds, uint64_t seed) {
  if (cohort.classCount() == 0) return assignFolds(cohort.cases.size(), folds, seed);
  const std::vector<int> ofPatient = dealPatients(cohort, folds, seed);
  std::vector<int> ofCase;
  for (const size_t patient : cohort.patientOfCase()) ofCase.push_back(ofPatient[patient]);
  return ofCase;
}

std::vector<int> assignFolds(size_t cases, int folds, uint64_t seed) {
  std::vector<int> assigned(cases);
  for (size_t i = 0; i < cases; ++i) assigned[i] = int(i % size_t(folds));
  std::mt19937_64 random(seed);
  std::shuffle(assigned.begin(), assigned.end(), random);
  return assigned;
}

Result<Folds> readFolds(const std::filesystem::path& fileOrFolder, const Cohort& cohort) {
  Places places;
  const bool folder = std::filesystem::is_directory(fileOrFolder);
  const Result<void> read = folder ? readFolder(fileOrFolder, places) : readFile(fileOrFolder, places);
  if (!read) return tl::unexpected(read.error());
  Folds folds;
  for (const CohortCase& one : cohort.cases) {
    const auto found = places.find(one.name);
    if (found == places.end())
      return refuseFolds(fileOrFolder, fmt::format("the case '{}' of the cohort has no fold", one.name));
    folds.ofCase.push_back(found->second.fold);
  }
  const std::set<int> used(folds.ofCase.begin(), folds.ofCase.end());
  const int first = *used.begin();
  folds.count = int(used.size());
  if (folds.count < 3)
    return refuseFolds(fileOrFolder,
                       fmt::format("the cohort's cases are in {} folds, at least 3 are needed", folds.count));
  const int lowest = std::min(first, 1);
  for (int fold = lowest; fold <= *used.rbegin(); ++fold)
    if (!used.count(fold))
      return refuseFolds(fileOrFolder, fmt::format("none of the cohort's cases is in the fold {}", fold));
  for (int& fold : folds.ofCase) fold -= first;
  return folds;
}

std::string foldsAsCsv(const Cohort& cohort, const std::vector<int>& foldOfCase) {
  std::string text = "case,fold\n";
  for (size_t i = 0; i < cohort.cases.size(); ++i) {
    std::string name = cohort.cases[i].name;
    if (name.find_first_of(",\"") != std::string::npos) {
      for (size_t at = 0; (at = name.find('"', at)) != std::string::npos; at += 2) name.insert(at, 1, '"');
      name = '"' + name + '"';
    }
    text += fmt::format("{},{}\n", name, foldOfCase[i]);
  }
  return text;
}

Result<void> checkFolds(const Cohort& cohort, const Folds& folds) {
  if (cohort.classCount() > 0) return checkFoldsOfClasses(cohort, folds);
  const auto refuseGene = [&](size_t gene, const std::string& reason) {
    return fail(
        fmt::format("Cannot use the cohort '{}': the gene {} has {}; give more cases, or fewer folds.",
                    cohort.file.string(), cohort.genes[gene], reason));
  };
  for (size_t gene = 0; gene < cohort.genes.size(); ++gene)
    for (int fold = 0; fold < folds.count; ++fold) {
      const int next = (fold + 1) % folds.count;
      std::set<float> own, others;
      for (size_t i = 0; i < cohort.cases.size(); ++i) {
        const float value = cohort.cases[i].labels[gene];
        if (std::isnan(value)) continue;
        if (folds.ofCase[i] == fold) own.insert(value);
        if (folds.ofCase[i] != fold && folds.ofCase[i] != next) others.insert(value);
      }
      if (own.empty()) return refuseGene(gene, fmt::format("no value in the fold {}", fold));
      if (others.size() < 2)
        return refuseGene(
            gene, fmt::format("less than two different values outside the folds {} and {}", fold, next));
    }
  return {};
}

Result<Folds> chooseFolds(const Cohort& cohort, const FoldChoice& choice) {
  Result<Folds> folds = choice.file.empty()
                            ? Folds{choice.count, assignFolds(cohort, choice.count, choice.seed)}
                            : readFolds(choice.file, cohort);
  if (!folds) return folds;
  if (const Result<void> checked = checkFolds(cohort, *folds); !checked)
    return tl::unexpected(checked.error());
  return folds;
}

}  // namespace geneglass
