// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/cohort/slide_rows.h"
#include "inference/learning/cohort/target.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// One bag. Of values: a patient, all slides together. Of classes: a slide, named by its patient.
struct CohortCase {
  std::string name;
  Split split = Split::Train;
  std::vector<std::filesystem::path> slides;  ///< at least one, in the file's order
  std::vector<float> labels;                  ///< G; NaN where the cell is empty; of classes the class
  size_t row = 0;  ///< where its values stand, 1 is the header; 0 where it is of no file
};

/// A table of patients, their slides and what is known of them.
struct Cohort {
  std::filesystem::path file;
  std::vector<std::string> genes;  ///< G, in the order of the columns; of classes the one column
  std::vector<CohortCase> cases;   ///< in the order of their first row
  Target target{};

  Matrix labels() const;  ///< cases x G; NaN where missing
  size_t slideCount() const;
  std::vector<size_t> patientOfCase() const;  ///< counted in the order of their first case
  size_t patientCount() const;
  size_t classCount() const;                ///< 0: of values
  std::vector<size_t> classOfCase() const;  ///< of classes
  std::string valueOf(size_t which) const;  ///< what stands in the column for a class: "1", "CMS2"
};

/// Whether the values are columns of the cohort's own file or come from a table (expression_table.h).
enum class LabelsAre { Here, Elsewhere };

/// Reads a CSV with the header `slide,case,split,GENE...`; slides are relative to the file, a split is train
/// or test, an empty cell is a missing value. Rows of one case must agree. Errors name the file and the row
/// (1 is the header): a slide that is not there or given twice, a cell that is no number, another separator,
/// no gene, a gene given twice, one patient in both splits or (by TCGA's barcodes) as two cases.
Result<Cohort> readCohort(const std::filesystem::path& file, LabelsAre labels = LabelsAre::Here);

/// The same rows of classes, by the column `label`; other columns are passed over. The case is the patient
/// (of a TCGA barcode: its patient), who may have slides of several classes. In the column stand 0 and 1, for
/// "normal" and what the column is called, or the names of two classes or more in alphabetical order; of two
/// the one that says "not there" (no, negative, normal, wild-type, MSS, ...) comes first, and the other is
/// what is looked for. Errors: as above; no such column, or two; an empty label, one beside 0 and 1, one
/// class alone, two that differ by spaces or capitals alone.
Result<Cohort> readClassCohort(const std::filesystem::path& file, const std::string& label);

/// The cases of one split. Errors: fewer of them than `minimum`, a gene that has less than two different
/// values there, a class that no case there has.
Result<Cohort> chooseCases(const Cohort& cohort, Split split, size_t minimum);

/// The cases to judge a model by: those of the test split where there are any, else all.
Result<Cohort> chooseCasesToEvaluate(const Cohort& cohort);

}  // namespace geneglass
