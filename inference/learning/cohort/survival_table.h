// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What became of the patients of a table.
struct SurvivalTable {
  struct Outcome {
    double time = 0;  ///< of follow-up, in the table's unit
    bool event = false;
  };
  std::filesystem::path file;
  std::string endpoint;  ///< "OS"; empty where the columns are `time` and `event`
  std::unordered_map<std::string, Outcome> outcomes;  ///< by patient; of TCGA barcodes their first 12 letters
  size_t unknown = 0;                                 ///< patients of whom time or event is missing

  /// Nothing where the patient is not there, or not known.
  std::optional<Outcome> of(const std::string& caseName) const;
};

/// Reads a table with a column of patients (`patient`, `case` or `bcr_patient_barcode`), and `time` and
/// `event` or, of an `endpoint` that is named, `ENDPOINT.time` and `ENDPOINT`. An event is 0 or 1; empty
/// cells, NA and #N/A are not known. Errors name the file and the row: a column that is missing, a time that
/// is no number or below 0, another event, a patient given twice, nobody known.
Result<SurvivalTable> readSurvivalTable(const std::filesystem::path& file, const std::string& endpoint = {});

}  // namespace geneglass
