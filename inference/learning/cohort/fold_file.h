// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/cohort/cohort.h"

namespace geneglass {

/// Which fold each case of a cohort is in.
struct Folds {
  int count = 0;
  std::vector<int> ofCase;  ///< 0..count - 1, in the cohort's order
};

/// The fold, 0..folds - 1, of each case: sizes differ by one at most, drawn by seed.
std::vector<int> assignFolds(size_t cases, int folds, uint64_t seed);
/// The same of a cohort, where a patient's cases are in one fold. Of classes: patients of the same classes
/// are dealt out in turn, those of most first, each kind in an order drawn by seed.
std::vector<int> assignFolds(const Cohort& cohort, int folds, uint64_t seed);

/// Reads the folds of the cohort's cases from a CSV `case,fold`, folds counted from 0 or 1, or from a folder
/// of CSVs with the columns train and val, one file a fold in the order of their names, whose val cases are
/// the fold. Cases the cohort does not have are passed over. Errors name file and row: another separator or
/// header, a case in two folds, a fold that is no whole number; a case of the cohort without a fold; an empty
/// fold, fewer than 3.
Result<Folds> readFolds(const std::filesystem::path& fileOrFolder, const Cohort& cohort);

/// The same as `case,fold` lines, folds counted from 0.
std::string foldsAsCsv(const Cohort& cohort, const std::vector<int>& foldOfCase);

/// How cases are to be divided.
struct FoldChoice {
  int count = 5;               ///< of folds drawn by `seed`; 3 or more
  std::filesystem::path file;  ///< see readFolds; instead of drawn folds
  uint64_t seed = 1;
};

/// The folds of the file, or drawn ones where there is none; checked.
Result<Folds> chooseFolds(const Cohort& cohort, const FoldChoice& choice);

/// Whether every fold has a known value of every gene, and the folds left when it and the next are set aside
/// two different ones; of classes, whether every fold has a slide of each. The error names gene or class, and
/// fold.
Result<void> checkFolds(const Cohort& cohort, const Folds& folds);

}  // namespace geneglass
