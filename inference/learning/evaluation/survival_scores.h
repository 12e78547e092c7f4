// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "inference/learning/cohort/survival_table.h"
#include "inference/learning/statistics/survival.h"
#include "inference/package/model_package.h"
#include "inference/subtype/template_set.h"
#include "viewer/foundation/matrix.h"

namespace geneglass {

/// Patients in groups by what was predicted of them.
struct Strata {
  std::vector<std::string> names;                 ///< K
  std::vector<size_t> patients;                   ///< K: how many each has
  std::vector<std::vector<SurvivalStep>> curves;  ///< K
  LogRank test;
};

/// `group`: of each patient, below K.
Strata strataOf(const std::vector<FollowUp>& patients, const std::vector<size_t>& group,
                std::vector<std::string> names);

/// Patients by the template that their predicted genes are nearest to (methods.md section 5).
struct SurvivalOfSubtype {
  std::string target;     ///< "CMS"
  std::string templates;  ///< the file
  std::string trust;      ///< by how many genes, and that it was never tested: trustInWords()
  Strata strata;          ///< the classes, and last "no call": a false discovery rate over the patients above
                          ///< NearestTemplate::kMostFalse
};

/// How survival goes with what is predicted of one gene.
struct SurvivalOfGene {
  std::string symbol;
  bool wellPredicted = false;  ///< by the package
  Concordance concordance;     ///< of the predicted value: above 0.5, the more of it the earlier the event
  Strata halves;  ///< "low", "high": below or above the median of the training's out-of-fold predictions, so
                  ///< that these patients did not choose the threshold
  double q = kUndefined;  ///< of the log-rank test, Benjamini-Hochberg over the genes
};

/// Patients an evaluation predicted, and what became of them.
struct SurvivalScores {
  std::filesystem::path file;
  std::string endpoint;
  size_t patients = 0;                           ///< known to both
  size_t events = 0;                             ///< among them
  std::vector<std::string> leftOut;              ///< cases of whom the table does not know
  std::vector<SurvivalOfGene> genes;             ///< in the package's order
  std::vector<SurvivalOfSubtype> subtypes = {};  ///< one a template set
};

/// Whether the table knows enough of these cases: for before they are predicted. The error names it: fewer
/// than 10 of them, or none with the event.
Result<void> checkSurvival(const SurvivalTable& table, const std::vector<std::string>& cases);

/// `cases`: names of the rows of `predicted`, cases x G of all the package's genes, label's unit. Errors:
/// those of checkSurvival(), and of templates of which the package does not know a class.
Result<SurvivalScores> scoreSurvival(const SurvivalTable& table, const std::vector<std::string>& cases,
                                     const Matrix& predicted, const ModelPackage& package,
                                     const std::vector<TemplateSet>& templates = {});

/// The gene of the least log-rank p first; those without a test last.
std::vector<size_t> bySurvival(const SurvivalScores& scores);

/// A line a gene for people.
std::string survivalAsTable(const SurvivalScores& scores);

}  // namespace geneglass
