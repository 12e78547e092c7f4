// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/learning/cohort/fold_file.h"

namespace geneglass {

/// A slide and what it is: one bag, unlike in a Cohort, where a patient's slides are one.
struct DiagnosedSlide {
  std::filesystem::path file;
  size_t patient = 0;  ///< index into DiagnosisCohort::patients
  Split split = Split::Train;
  bool positive = false;
};

/// Slides that are, or are not, tumour.
struct DiagnosisCohort {
  std::filesystem::path file;
  std::string label;                   ///< the column, and the name of what 1 stands for
  std::vector<std::string> patients;   ///< in the order of their first row
  std::vector<DiagnosedSlide> slides;  ///< in the order of the rows

  std::vector<bool> positives() const;
  std::vector<size_t> patientOfSlide() const;
  /// The patients alone, for what asks for cases: folds.
  Cohort asCases() const;
};

/// Reads the columns slide,case,split and `label` (0 or 1) of a CSV; other columns are passed over. The case
/// is the patient (of a TCGA barcode: its patient), who may have slides of both kinds. Errors name the file
/// and the row: a slide that is not there or given twice, a patient in both splits, a label that is neither 0
/// nor 1, another header or separator.
Result<DiagnosisCohort> readDiagnosisCohort(const std::filesystem::path& file, const std::string& label);

/// The slides of one split and their patients. Error: there are not slides of both kinds.
Result<DiagnosisCohort> chooseSlides(const DiagnosisCohort& cohort, Split split);

/// The slides to judge a model by: those of the test split where there are any, else all.
Result<DiagnosisCohort> chooseSlidesToEvaluate(const DiagnosisCohort& cohort);

/// The fold of each patient: those with slides of both kinds, of the one and of the other are dealt out in
/// turn, each in an order drawn by seed.
std::vector<int> assignPatients(const DiagnosisCohort& cohort, int folds, uint64_t seed);

/// The folds of the file, or drawn ones where there is none; checked.
Result<Folds> chooseFoldsOfPatients(const DiagnosisCohort& cohort, const FoldChoice& choice);

/// Whether each fold has slides of both kinds. The error names the fold.
Result<void> checkDiagnosisFolds(const DiagnosisCohort& cohort, const Folds& folds);

}  // namespace geneglass
