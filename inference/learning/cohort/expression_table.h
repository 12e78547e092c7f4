// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/cohort/cohort.h"

namespace geneglass {

/// Measured values of many cases: a table whose header is a cell (any) and the genes, and whose rows are a
/// case and its values, as bulk expression tables come; or a row a gene. Columns without a name are passed
/// over.
struct ExpressionTable {
  std::filesystem::path file;
  std::vector<std::string> genes;  ///< some may be there twice, as SNORA70 is in whole transcriptomes
  std::vector<std::string> cases;  ///< in the order of the rows; the first is row 2
  std::vector<size_t> rows;        ///< of the file, of each case; where genes are in rows, columns
  Matrix values;                   ///< cases x genes; NaN where the cell is empty
};

/// An empty cell or NA is a missing value. Genes are in rows where the header names one of the `cases`, or
/// its patient, and no row does. Errors name the file and the row: what CsvReader refuses, a case given
/// twice, a cell that is no number.
Result<ExpressionTable> readExpressionTable(const std::filesystem::path& file,
                                            const std::vector<std::string>& cases = {});

/// The same of a table of which genes, not cases, are known: those are in rows where more rows than columns
/// are named by one of `genes` or by an identifier of Ensembl; then it is samples that may not be twice.
Result<ExpressionTable> readExpressionTableOf(const std::filesystem::path& file,
                                              const std::vector<std::string>& genes);

/// Where the genes are in `table.genes`, by matchGenes(); `notes` gets what that says. Errors: those the
/// table does not have, all of them; one that has two columns.
Result<std::vector<size_t>> columnsOf(const ExpressionTable& table, const std::vector<std::string>& genes,
                                      std::vector<std::string>& notes);

/// What came of joining a cohort and a table by case.
struct JoinedCohort {
  Cohort cohort;
  std::vector<std::string> leftOut;  ///< cases of the cohort that the table does not have
  size_t byPatient = 0;              ///< cases that are TCGA patients and got the row of a tumour sample
  size_t otherSamples = 0;  ///< rows of those patients that were not taken: normal tissue, a second tumour
  std::vector<std::string> notes{};  ///< by which other names genes were found
};

/// Gives each case of the cohort its values of `genes` (empty = all of the table): those of its own name or
/// what R makes of it or, for a TCGA patient, of its tumour sample: the lowest sample type, then the first in
/// the alphabet. Errors: those of columnsOf(), no case in common.
Result<JoinedCohort> joinExpression(const Cohort& cohort, const ExpressionTable& table,
                                    const std::vector<std::string>& genes);

}  // namespace geneglass
